package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.fault.FaultJson;
import dev.berth.emulator.fault.FaultKind;
import dev.berth.emulator.fault.FaultReader;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.util.Arrays;

/** The faults of one instance, put and ended at run time. */
final class FaultResource {
    private FaultResource() {}

    static ObjectNode list(EmulatedInstance instance) {
        return FaultJson.list(instance.faults().list());
    }

    /** One fault joins those of other kinds; a list replaces them all. */
    static ObjectNode put(EmulatedInstance instance, byte[] body) {
        var json = JsonAt.root(Json.read(body).orElseThrow(() -> new InvalidConfigException("", "is not JSON")));
        var faults = FaultReader.faults(json);
        if (FaultReader.isList(json)) {
            instance.faults().removeAll();
        }
        faults.forEach(instance::inflict);
        return list(instance);
    }

    static ObjectNode removeAll(EmulatedInstance instance) {
        instance.faults().removeAll();
        return list(instance);
    }

    static AdminAnswer remove(EmulatedInstance instance, String kind) {
        boolean existed = Arrays.stream(FaultKind.values())
                .filter(known -> known.wireName.equals(kind))
                .anyMatch(instance.faults()::remove);
        return existed ? AdminAnswer.ok(list(instance)) : AdminAnswer.notFound();
    }
}
