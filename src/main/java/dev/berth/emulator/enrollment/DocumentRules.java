package dev.berth.emulator.enrollment;

import dev.berth.emulator.json.JsonAt;
import java.util.ArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is asked of the parts of a document that do not decide over devices: they are kept, but not just anything is. */
final class DocumentRules {
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9\\-:.+%_#*?!(),=@;$']{1,128}");
    private static final Pattern NAMESPACE = Pattern.compile("(?=.{3,64}$)[a-z0-9][a-z0-9-]*[a-z0-9]");
    private static final Pattern POLICY = Pattern.compile("(?=.{3,63}$)[0-9a-zA-Z][a-zA-Z0-9-]*");
    private static final int DEVICE_TYPES_MAX = 1;

    private DocumentRules() {}

    static void check(JsonAt json, Predicate<String> linked) {
        matching(json.at("deviceId"), DEVICE_ID);
        matching(json.at("namespaceName"), NAMESPACE);
        matching(json.at("certificateAuthorityName"), POLICY);
        matching(json.at("certificatePolicyName"), POLICY);
        json.at("credentialPolicyName").optionalText();
        json.at("deviceTypeRefs").elements(DEVICE_TYPES_MAX);
        optionalObject(json.at("optionalDeviceInformation"));
        optionalObject(json.at("capabilities"));
        json.at("capabilities").at("iotEdge").flag(false);
        initialTwin(json.at("initialTwin"));
        hubs(json, linked);
    }

    private static void initialTwin(JsonAt json) {
        optionalObject(json);
        optionalObject(json.at("tags"));
        optionalObject(json.at("properties"));
        optionalObject(json.at("properties").at("desired"));
    }

    private static void hubs(JsonAt json, Predicate<String> linked) {
        var hubs = new ArrayList<>(json.at("iotHubs").elements());
        if (json.at("iotHubHostName").optionalText().isPresent()) {
            hubs.add(json.at("iotHubHostName"));
        }
        for (var hub : hubs) {
            if (!linked.test(hub.text())) {
                throw hub.invalid("is not the host name of a linked hub");
            }
        }
    }

    private static void matching(JsonAt json, Pattern pattern) {
        json.optionalText().ifPresent(text -> {
            if (!pattern.matcher(text).matches()) {
                throw json.invalid("must match " + pattern.pattern());
            }
        });
    }

    private static void optionalObject(JsonAt json) {
        if (!json.absent()) {
            json.object();
        }
    }
}
