package dev.berth.emulator.instance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where devices are: the first rule that fits a device's name decides. Loopback has no geography, so tests bring theirs. */
public record Places(List<Rule> rules) {
    public static final Places NOWHERE = new Places(List.of());

    /** How many rules an instance takes. */
    public static final int RULES_MAX = 1_000;

    /**
     * One place.
     *
     * @param registrationIds a name in which {@code *} stands for any characters; letter case is ignored
     * @param place as {@link IotHub#latencyMillis} names it
     */
    public record Rule(String registrationIds, String place) {
        boolean fits(String registrationId) {
            var parts = List.of(registrationIds.toLowerCase(Locale.ROOT).split("\\*", -1));
            var id = registrationId.toLowerCase(Locale.ROOT);
            if (parts.size() == 1) {
                return id.equals(parts.getFirst());
            }
            return id.length() >= parts.getFirst().length() + parts.getLast().length()
                    && id.startsWith(parts.getFirst())
                    && id.endsWith(parts.getLast())
                    && inOrder(
                            parts.subList(1, parts.size() - 1),
                            id.substring(
                                    parts.getFirst().length(),
                                    id.length() - parts.getLast().length()));
        }

        private static boolean inOrder(List<String> parts, String text) {
            int from = 0;
            for (var part : parts) {
                int found = text.indexOf(part, from);
                if (found < 0) {
                    return false;
                }
                from = found + part.length();
            }
            return true;
        }
    }

    Optional<String> of(String registrationId) {
        return rules.stream()
                .filter(rule -> rule.fits(registrationId))
                .findFirst()
                .map(rule -> rule.place().toLowerCase(Locale.ROOT));
    }
}
