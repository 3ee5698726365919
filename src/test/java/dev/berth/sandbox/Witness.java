package dev.berth.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that the devices of a test were told by Berth, as they heard it. */
final class Witness {
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Map<String, String> reported = new ConcurrentHashMap<>();

    /**
     * Where and when a device may register.
     *
     * @param at when the device knew
     * @param after how long it shall wait from then on
     * @param registerAt when it shall register, by the clock of all
     */
    record Told(
            int replica,
            String registrationId,
            String idScope,
            long generation,
            Instant at,
            Duration after,
            Instant registerAt) {
        /** By how much a device that only counts seconds comes too late; too early if negative. */
        Duration off() {
            return Duration.between(registerAt, at.plus(after));
        }
    }

    void hears(Told answer) {
        told.add(answer);
    }

    /** Berth has taken the device's word for its hub. */
    void reports(String registrationId, String hub) {
        reported.put(registrationId, hub);
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** The hub of each device whose report was taken. */
    Map<String, String> reported() {
        return Map.copyOf(reported);
    }
}
