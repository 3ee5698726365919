package dev.berth.emulator.instance;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The registration records of one instance, in the order of their keys; guarded by {@link MeteredRegistrations}. */
final class Registrations {
    private final TreeMap<String, Registration> byKey = new TreeMap<>();

    @Nullable Registration find(String registrationId) {
        return byKey.get(key(registrationId));
    }

    void put(Registration registration) {
        byKey.put(key(registration.registrationId()), registration);
    }

    @Nullable Registration remove(String registrationId) {
        return byKey.remove(key(registrationId));
    }

    void forgetSince(Instant instant) {
        byKey.values().removeIf(registration -> registration.updatedAt().isAfter(instant));
    }

    int size() {
        return byKey.size();
    }

    void clear() {
        byKey.clear();
    }

    List<Registration> all() {
        return List.copyOf(byKey.values());
    }

    List<Registration> page(String after, int limit) {
        return byKey.tailMap(key(after), false).values().stream().limit(limit).toList();
    }

    RegistrationPage pageOfGroup(String enrollmentGroupId, String after, int limit) {
        return RegistrationPage.of(
                byKey.tailMap(key(after), false),
                registration -> enrollmentGroupId.equalsIgnoreCase(registration.enrollmentGroupId()),
                limit,
                RegistrationPage.LOOKED_AT_MAX);
    }

    /** The same object where the letters are small already, which costs a record nothing. */
    static String key(String registrationId) {
        return registrationId.toLowerCase(Locale.ROOT);
    }
}
