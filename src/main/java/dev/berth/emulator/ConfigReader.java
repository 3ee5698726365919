package dev.berth.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.berth.emulator.fault.FaultReader;
import dev.berth.emulator.fault.FaultSettings;
import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.instance.AssignmentTimes;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.instance.InstanceIdentity;
import dev.berth.emulator.instance.ServiceAccess;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the emulator's configuration; whatever is left out has a default, whatever is unknown is refused. */
final class ConfigReader {
    private static final int PORT_MAX = 65_535;
    private static final int DELAY_MILLIS_MAX = 3_600_000;
    private static final int RETRY_AFTER_SECONDS_MAX = 3_600;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?");
    private static final Pattern ID_SCOPE = Pattern.compile("[A-Za-z0-9]{1,32}");

    private ConfigReader() {}

    static EmulatorConfig read(Path file) throws IOException {
        try {
            return read(JsonAt.root(Json.parse(Files.readAllBytes(file))));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new InvalidConfigException(
                    "",
                    "is not JSON at line " + (place == null ? 0 : place.getLineNr()) + ": " + e.getOriginalMessage());
        }
    }

    static EmulatorConfig read(JsonAt json) {
        json.objectOf("instances", "devicePort", "adminPort", "mqttPort", "proxyPort", "tlsEngine", "webhooks", "seed");
        var instances = new ArrayList<InstanceConfig>();
        for (var instance : json.at("instances").elements()) {
            instances.add(instance(instance, instances.size() + 1));
        }
        if (instances.isEmpty() || instances.size() > EmulatorConfig.INSTANCES_MAX) {
            throw json.at("instances").invalid("must hold 1 to " + EmulatorConfig.INSTANCES_MAX + " instances");
        }
        differ(instances.stream().map(InstanceConfig::idScope).toList(), "idScope");
        differ(instances.stream().map(InstanceConfig::hostName).toList(), "name");
        return new EmulatorConfig(
                        List.copyOf(instances),
                        new Ports(
                                port(json.at("devicePort")),
                                port(json.at("adminPort")),
                                port(json.at("mqttPort")),
                                port(json.at("proxyPort"))),
                        json.at("tlsEngine").oneOf(TlsEngine.class, TlsEngine.AUTO),
                        AllocationConfig.webhooks(json.at("webhooks")))
                .withSeed(json.at("seed").integer(Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    }

    private static int port(JsonAt json) {
        return json.integer(0, PORT_MAX, 0);
    }

    private static void differ(List<String> values, String key) {
        var seen = new HashSet<String>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i).toLowerCase(Locale.ROOT))) {
                throw new InvalidConfigException("/instances/" + i + '/' + key, "is used twice: " + values.get(i));
            }
        }
    }

    private static InstanceConfig instance(JsonAt json, int number) {
        json.objectOf(
                "name",
                "idScope",
                "serviceKey",
                "hubs",
                "quotas",
                "assignDelayMillis",
                "retryAfterSeconds",
                "certificateAuthorities",
                "enrollmentGroups",
                "enrollments",
                "allocationPolicy",
                "places",
                "servicePort",
                "sharedAccessPolicies",
                "faults");
        var defaults = InstanceConfig.of(matching(json.at("name"), NAME, "dps-" + number));
        var quotas = QuotasReader.read(json.at("quotas"));
        var allocation = AllocationConfig.allocation(
                json, quotas.caps().linkedHubsMax(), defaults.allocation().hubs());
        return new InstanceConfig(
                identity(json, defaults.identity()),
                quotas,
                times(json, defaults.times()),
                allocation,
                ConfiguredEnrollments.read(json, allocation.hubs(), quotas.caps()),
                new ServiceAccess(port(json.at("servicePort")), PoliciesReader.read(json.at("sharedAccessPolicies"))),
                new FaultSettings(0, FaultReader.list(json.at("faults"))));
    }

    private static InstanceIdentity identity(JsonAt json, InstanceIdentity defaults) {
        return new InstanceIdentity(
                defaults.name(),
                matching(json.at("idScope"), ID_SCOPE, defaults.idScope()),
                serviceKey(json.at("serviceKey"), defaults.serviceKey()));
    }

    private static AssignmentTimes times(JsonAt json, AssignmentTimes defaults) {
        int delay = (int) defaults.assignDelay().toMillis();
        return new AssignmentTimes(
                Duration.ofMillis(json.at("assignDelayMillis").integer(0, DELAY_MILLIS_MAX, delay)),
                json.at("retryAfterSeconds").integer(1, RETRY_AFTER_SECONDS_MAX, defaults.retryAfterSeconds()));
    }

    private static String matching(JsonAt json, Pattern pattern, String fallback) {
        String text = json.optionalText().orElse(fallback);
        if (!pattern.matcher(text).matches()) {
            throw json.invalid("must match " + pattern.pattern());
        }
        return text;
    }

    private static SharedAccessKey serviceKey(JsonAt json, SharedAccessKey fallback) {
        return json.absent()
                ? fallback
                : SharedAccessKey.parse(json.text()).orElseThrow(() -> json.invalid("must be base64"));
    }
}
