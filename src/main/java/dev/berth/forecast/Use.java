package dev.berth.forecast;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much is used of what one instance, or a pool of them, can hold, and how fast.
 *
 * @param used registrations that exist or are promised
 * @param max registrations in all
 * @param countedSince since when the rates are known
 * @param rates one for each window
 * @param owners who used them, the one that used most first
 */
public record Use(long used, long max, Instant countedSince, List<Rate> rates, List<OwnerUse> owners) {

    static Use of(long used, long max, RegistrationHistory history, Instant now) {
        long remaining = Math.max(0, max - used);
        return new Use(
                used,
                max,
                history.since(),
                Arrays.stream(RateWindow.values())
                        .map(window -> Rate.of(window, history, remaining, now))
                        .toList(),
                history.owners().entrySet().stream()
                        .map(owner -> use(owner.getKey(), owner.getValue(), now))
                        .sorted(Comparator.comparingLong(OwnerUse::total)
                                .reversed()
                                .thenComparing(OwnerUse::owner))
                        .toList());
    }

    public long remaining() {
        return Math.max(0, max - used);
    }

    private static OwnerUse use(String owner, Granted granted, Instant now) {
        Map<RateWindow, Long> registrations = new EnumMap<>(RateWindow.class);
        for (var window : RateWindow.values()) {
            registrations.put(window, Math.round(granted.within(window.length(), now)));
        }
        return new OwnerUse(owner, granted.total(), registrations);
    }
}
