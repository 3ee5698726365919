package dev.berth.api.device;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The connections {@code C} whose handshake is not done, first the one of which nothing has come for the longest. From any thread, and none waits for another. */
final class HalfOpen<C> {
    private final int max;
    private final AtomicLong nextPlace = new AtomicLong();
    private final Map<C, Long> places = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, C> byPlace = new ConcurrentSkipListMap<>();

    HalfOpen(int max) {
        this.max = max;
    }

    /** Takes {@code connection} in, and says which one has to go for it. */
    Optional<C> add(C connection) {
        places.computeIfAbsent(connection, this::last);
        return places.size() > max ? removeFirst() : Optional.empty();
    }

    /** Its hello has come. */
    void progressed(C connection) {
        places.computeIfPresent(connection, (_, place) -> {
            byPlace.remove(place);
            return last(connection);
        });
    }

    /** Its handshake, or it, has ended. */
    void remove(C connection) {
        places.computeIfPresent(connection, (_, place) -> {
            byPlace.remove(place);
            return null;
        });
    }

    int count() {
        return places.size();
    }

    private Long last(C connection) {
        var place = nextPlace.getAndIncrement();
        byPlace.put(place, connection);
        return place;
    }

    /** One that got another place meanwhile is not the first any more. */
    private Optional<C> removeFirst() {
        for (var first = byPlace.pollFirstEntry(); first != null; first = byPlace.pollFirstEntry()) {
            if (places.remove(first.getValue(), first.getKey())) {
                return Optional.of(first.getValue());
            }
        }
        return Optional.empty();
    }
}
