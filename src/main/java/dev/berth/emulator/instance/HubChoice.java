package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.EnrollmentSettings;
import java.util.List;
import java.util.Locale;

/** Which of an instance's linked hubs a device gets. */
record HubChoice(List<IotHub> linked) {
    /** Only hubs that are still linked count; an enrollment that names none of them falls back to all. */
    String choose(String registrationId, EnrollmentSettings settings) {
        var eligible = eligible(settings.iotHubs());
        return switch (settings.allocationPolicy()) {
            case STATIC -> eligible.getFirst().hostName();
            case HASHED, GEO_LATENCY ->
                WeightedHash.choose(registrationId, eligible)
                        .orElseGet(eligible::getFirst)
                        .hostName();
        };
    }

    private List<IotHub> eligible(List<String> names) {
        var wanted = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        var eligible = linked.stream()
                .filter(hub -> wanted.contains(hub.hostName().toLowerCase(Locale.ROOT)))
                .toList();
        return eligible.isEmpty() ? linked : eligible;
    }
}
