package dev.berth.api.device;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/** The connections {@code C} whose handshake is not done, first the one of which nothing has come for the longest. */
final class HalfOpen<C> {
    private final int max;
    private final SequencedSet<C> connections = new LinkedHashSet<>();

    HalfOpen(int max) {
        this.max = max;
    }

    /** Takes {@code connection} in, and says which one has to go for it. */
    synchronized Optional<C> add(C connection) {
        connections.add(connection);
        return connections.size() > max ? Optional.of(connections.removeFirst()) : Optional.empty();
    }

    /** Its hello has come. */
    synchronized void progressed(C connection) {
        if (connections.contains(connection)) {
            connections.addLast(connection);
        }
    }

    /** Its handshake, or it, has ended. */
    synchronized void remove(C connection) {
        connections.remove(connection);
    }

    synchronized int count() {
        return connections.size();
    }
}
