package dev.berth.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * New devices of one owner that an instance was given.
 *
 * @param total since counting began
 * @param hours how many in each of the last hours that had any, by {@link #hourOf}
 */
public record Granted(long total, SortedMap<Long, Long> hours) {
    public static final Granted NONE = new Granted(0, new TreeMap<>());
    private static final long HOUR_SECONDS = 3_600;

    public Granted {
        hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
    }

    /** Which hour since 1970 an instant is in. */
    public static long hourOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), HOUR_SECONDS);
    }

    Granted plus(long hour, long count) {
        var more = new TreeMap<>(hours);
        more.merge(hour, count, Long::sum);
        return new Granted(total + count, more);
    }

    Granted plus(Granted other) {
        var sum = new TreeMap<>(hours);
        other.hours.forEach((hour, count) -> sum.merge(hour, count, Long::sum));
        return new Granted(total + other.total, sum);
    }

    Granted since(long hour) {
        return new Granted(total, hours.tailMap(hour));
    }

    /** How many within {@code length} before {@code now}; of the hour in which that begins, the share that lies within. */
    double within(Duration length, Instant now) {
        Instant from = now.minus(length);
        long first = hourOf(from);
        double share = 1 - (from.getEpochSecond() - first * HOUR_SECONDS) / (double) HOUR_SECONDS;
        return hours.tailMap(first + 1).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                + share * hours.getOrDefault(first, 0L);
    }
}
