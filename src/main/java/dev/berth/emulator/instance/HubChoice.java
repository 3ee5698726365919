package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import java.util.List;
import java.util.Locale;

/** Which of an instance's linked hubs a device gets, where no webhook decides. */
final class HubChoice {
    private final List<IotHub> linked;
    private final AllocationPolicy byDefault;
    private volatile Places places;

    /**
     * A choice among these.
     *
     * @param linked a view that follows changes
     * @param byDefault where an enrollment names no policy
     */
    HubChoice(List<IotHub> linked, AllocationPolicy byDefault, Places places) {
        this.linked = linked;
        this.byDefault = byDefault;
        this.places = places;
    }

    Places places() {
        return places;
    }

    void places(Places places) {
        this.places = places;
    }

    AllocationPolicy policy(EnrollmentSettings settings) {
        return settings.allocationPolicy() == null ? byDefault : settings.allocationPolicy();
    }

    String choose(String registrationId, EnrollmentSettings settings) {
        var eligible = eligible(settings);
        return switch (policy(settings)) {
            case STATIC -> eligible.getFirst().hostName();
            case GEO_LATENCY -> hashed(registrationId, nearest(registrationId, eligible));
            case HASHED -> hashed(registrationId, eligible);
            case CUSTOM -> throw new IllegalStateException("a webhook chooses");
        };
    }

    private static String hashed(String registrationId, List<IotHub> hubs) {
        return WeightedHash.choose(registrationId, hubs)
                .orElseGet(hubs::getFirst)
                .hostName();
    }

    /** Hubs without a figure for the device's place are out, unless none has one. */
    private List<IotHub> nearest(String registrationId, List<IotHub> hubs) {
        var place = places.of(registrationId);
        if (place.isEmpty()) {
            return hubs;
        }
        var candidates = hubs.stream()
                .filter(hub ->
                        hub.applyAllocationPolicy() && hub.latencyMillis().containsKey(place.get()))
                .toList();
        int least = candidates.stream()
                .mapToInt(hub -> hub.latencyMillis().get(place.get()))
                .min()
                .orElse(0);
        var nearest = candidates.stream()
                .filter(hub -> Integer.valueOf(least).equals(hub.latencyMillis().get(place.get())))
                .toList();
        return nearest.isEmpty() ? hubs : nearest;
    }

    /** Only hubs that are still linked count; an enrollment that names none of them falls back to all. */
    List<IotHub> eligible(EnrollmentSettings settings) {
        if (settings.iotHubs().isEmpty()) {
            return linked;
        }
        var eligible = settings.iotHubs().stream()
                .flatMap(name -> linked.stream().filter(hub -> named(hub, name)))
                .distinct()
                .toList();
        return eligible.isEmpty() ? linked : eligible;
    }

    private static boolean named(IotHub hub, String name) {
        return hub.hostName().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }
}
