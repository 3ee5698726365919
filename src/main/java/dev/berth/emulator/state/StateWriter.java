package dev.berth.emulator.state;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.HubJson;
import dev.berth.emulator.instance.InstanceContents;
import dev.berth.emulator.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;

/**
 * Writes instances down as one JSON document, a record a line, without ever holding it whole. Each instance is as it was at
 * one moment. The document holds every key.
 */
public final class StateWriter {
    static final String FORMAT = "dps-emulator-state";
    static final int VERSION = 1;

    private StateWriter() {}

    /**
     * Writes and closes.
     *
     * @param now the monotonic time of the instances
     */
    public static void write(Collection<EmulatedInstance> instances, long now, OutputStream out) throws IOException {
        try (var json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeArrayFieldStart("instances");
            for (var instance : instances) {
                write(instance, now, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(EmulatedInstance instance, long now, JsonGenerator json) throws IOException {
        var contents = instance.contents();
        json.writeStartObject();
        json.writeStringField("name", instance.config().name());
        json.writeStringField("idScope", instance.config().idScope());
        json.writeStringField("serviceKey", instance.config().serviceKey().base64());
        json.writeFieldName("counters");
        json.writeTree(ContentsJson.counters(contents.report()));
        json.writeArrayFieldStart("hubs");
        for (var hub : contents.hubs()) {
            json.writeTree(HubJson.of(hub));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("certificateAuthorities");
        for (var authority : contents.authorities()) {
            json.writeTree(ContentsJson.authority(authority));
        }
        json.writeEndArray();
        for (var kind : EnrollmentKind.values()) {
            documents(kind, contents, json);
        }
        records(contents, now, json);
        json.writeEndObject();
    }

    private static void documents(EnrollmentKind kind, InstanceContents contents, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(kind.collection);
        for (var enrolled : contents.documents()) {
            if (enrolled.document().kind() == kind) {
                json.writeTree(ContentsJson.document(enrolled));
            }
        }
        json.writeEndArray();
    }

    private static void records(InstanceContents contents, long now, JsonGenerator json) throws IOException {
        var records = new RecordJson(now);
        json.writeArrayFieldStart("registrations");
        for (var registration : contents.registrations()) {
            json.writeRaw('\n');
            json.writeTree(records.write(registration));
        }
        json.writeEndArray();
    }
}
