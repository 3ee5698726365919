package dev.berth.emulator;

import dev.berth.emulator.instance.Permission;
import dev.berth.emulator.instance.SharedAccessPolicy;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the shared access policies that an instance has beside its owner's. */
final class PoliciesReader {
    private static final int POLICIES_MAX = 64;

    private PoliciesReader() {}

    static List<SharedAccessPolicy> read(JsonAt json) {
        var names = new HashSet<String>();
        var policies =
                json.elements(POLICIES_MAX).stream().map(PoliciesReader::policy).toList();
        for (int i = 0; i < policies.size(); i++) {
            if (!names.add(policies.get(i).name())) {
                throw json.elements().get(i).at("name").invalid("is used twice");
            }
        }
        return policies;
    }

    private static SharedAccessPolicy policy(JsonAt json) {
        json.objectOf("name", "key", "secondaryKey", "permissions");
        return new SharedAccessPolicy(
                json.at("name").text(),
                key(json.at("key")),
                json.at("secondaryKey").absent() ? SharedAccessKey.random() : key(json.at("secondaryKey")),
                permissions(json.at("permissions")));
    }

    private static SharedAccessKey key(JsonAt json) {
        return SharedAccessKey.parse(json.text()).orElseThrow(() -> json.invalid("must be base64"));
    }

    private static Set<Permission> permissions(JsonAt json) {
        var permissions = EnumSet.noneOf(Permission.class);
        json.elements(Permission.values().length)
                .forEach(element -> permissions.add(element.oneOf(Permission.class, Permission.SERVICE_CONFIG)));
        if (permissions.isEmpty()) {
            throw json.invalid("must name at least one permission");
        }
        return permissions;
    }
}
