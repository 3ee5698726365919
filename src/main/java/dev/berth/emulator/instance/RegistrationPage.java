package dev.berth.emulator.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Some records in the order of their keys.
 *
 * @param next the key after which the next page begins; none after the last
 */
public record RegistrationPage(List<Registration> items, Optional<String> next) {
    /** How many records one page looks at, so that a small group among many devices does not hold up the others. */
    static final int LOOKED_AT_MAX = 100_000;

    /** A page may be short, or even empty, and still have a next one. */
    static RegistrationPage of(
            Map<String, Registration> inOrder, Predicate<Registration> wanted, int limit, int lookedAtMax) {
        var items = new ArrayList<Registration>();
        int lookedAt = 0;
        var last = "";
        for (var entry : inOrder.entrySet()) {
            if (items.size() == limit || lookedAt == lookedAtMax) {
                return new RegistrationPage(items, Optional.of(last));
            }
            if (wanted.test(entry.getValue())) {
                items.add(entry.getValue());
            }
            last = entry.getKey();
            lookedAt++;
        }
        return new RegistrationPage(items, Optional.empty());
    }
}
