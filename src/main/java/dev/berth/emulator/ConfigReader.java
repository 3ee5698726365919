package dev.berth.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.instance.Quotas;
import dev.berth.emulator.instance.WindowKind;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the emulator's configuration; whatever is left out has a default, whatever is unknown is refused. */
final class ConfigReader {
    private static final int PORT_MAX = 65_535;
    private static final int RATE_MAX = 1_000_000;
    private static final int REGISTRATIONS_MAX = 10_000_000;
    private static final int HUBS_MAX = 50;
    private static final int CERTIFICATE_AUTHORITIES_MAX = 25;
    private static final int WEIGHT_MAX = 1_000;
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
        json.objectOf("instances", "devicePort", "adminPort", "mqttPort", "proxyPort", "tlsEngine");
        var instances = new ArrayList<InstanceConfig>();
        for (var instance : json.at("instances").elements()) {
            instances.add(instance(instance, instances.size() + 1));
        }
        if (instances.isEmpty() || instances.size() > EmulatorConfig.INSTANCES_MAX) {
            throw json.at("instances").invalid("must hold 1 to " + EmulatorConfig.INSTANCES_MAX + " instances");
        }
        differ(instances.stream().map(InstanceConfig::idScope).toList(), "idScope");
        differ(instances.stream().map(InstanceConfig::name).toList(), "name");
        return new EmulatorConfig(
                List.copyOf(instances),
                new Ports(
                        port(json.at("devicePort")),
                        port(json.at("adminPort")),
                        port(json.at("mqttPort")),
                        port(json.at("proxyPort"))),
                json.at("tlsEngine").oneOf(TlsEngine.class, TlsEngine.AUTO));
    }

    private static int port(JsonAt json) {
        return json.integer(0, PORT_MAX, 0);
    }

    private static void differ(List<String> values, String key) {
        var seen = new HashSet<String>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i))) {
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
                "enrollments");
        var defaults = InstanceConfig.of(matching(json.at("name"), NAME, "dps-" + number));
        var authorities = json.at("certificateAuthorities").elements(CERTIFICATE_AUTHORITIES_MAX).stream()
                .map(EnrollmentReader::certificateAuthority)
                .toList();
        return new InstanceConfig(
                defaults.name(),
                matching(json.at("idScope"), ID_SCOPE, defaults.idScope()),
                serviceKey(json.at("serviceKey"), defaults.serviceKey()),
                hubs(json.at("hubs"), defaults.hubs()),
                quotas(json.at("quotas")),
                assignDelay(json.at("assignDelayMillis")),
                json.at("retryAfterSeconds").integer(1, RETRY_AFTER_SECONDS_MAX, defaults.retryAfterSeconds()),
                authorities,
                enrollments(json, new EnrollmentReader(authorities)));
    }

    private static List<Enrollment> enrollments(JsonAt json, EnrollmentReader reader) {
        var taken = new Enrollments();
        return Stream.concat(
                        json.at("enrollmentGroups").elements().stream()
                                .map(group -> taken(taken, group, reader.group(group))),
                        json.at("enrollments").elements().stream()
                                .map(individual -> taken(taken, individual, reader.individual(individual))))
                .toList();
    }

    private static Enrollment taken(Enrollments taken, JsonAt json, Enrollment enrollment) {
        taken.put(enrollment).ifPresent(problem -> {
            throw json.invalid(problem);
        });
        return enrollment;
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

    private static Duration assignDelay(JsonAt json) {
        return Duration.ofMillis(json.integer(0, DELAY_MILLIS_MAX, (int) InstanceConfig.ASSIGN_DELAY.toMillis()));
    }

    private static List<IotHub> hubs(JsonAt json, List<IotHub> fallback) {
        var hubs = json.elements(HUBS_MAX).stream().map(ConfigReader::hub).toList();
        return hubs.isEmpty() ? fallback : hubs;
    }

    private static IotHub hub(JsonAt json) {
        if (json.node().isTextual()) {
            return IotHub.of(json.text());
        }
        json.objectOf("name", "hostName", "allocationWeight", "applyAllocationPolicy");
        var name = json.at("hostName")
                .optionalText()
                .orElseGet(() -> json.at("name").text());
        return new IotHub(
                IotHub.of(name).hostName(),
                json.at("allocationWeight").integer(1, WEIGHT_MAX, 1),
                json.at("applyAllocationPolicy").flag(true));
    }

    private static Quotas quotas(JsonAt json) {
        var published = Quotas.PUBLISHED;
        if (json.absent()) {
            return published;
        }
        json.objectOf(
                "registrationsPerMinute",
                "operationsPerMinute",
                "pollsPer10Seconds",
                "registrationsMax",
                "window",
                "lookupsCountAsRegistrations");
        return new Quotas(
                json.at("registrationsPerMinute").integer(1, RATE_MAX, published.registrationsPerMinute()),
                json.at("operationsPerMinute").integer(1, RATE_MAX, published.operationsPerMinute()),
                json.at("pollsPer10Seconds").integer(1, RATE_MAX, published.pollsPer10Seconds()),
                json.at("registrationsMax").integer(1, REGISTRATIONS_MAX, published.registrationsMax()),
                json.at("window").oneOf(WindowKind.class, published.window()),
                json.at("lookupsCountAsRegistrations").flag(published.lookupsCountAsRegistrations()));
    }
}
