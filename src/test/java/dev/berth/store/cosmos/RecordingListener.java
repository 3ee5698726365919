package dev.berth.store.cosmos;

import dev.berth.fence.FenceEvents;
import dev.berth.store.StoreListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a store told. */
final class RecordingListener implements StoreListener {
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final Map<Operation, Double> charges = new ConcurrentHashMap<>();
    final List<FenceEvents.Event> fenced = new CopyOnWriteArrayList<>();
    volatile @Nullable String suspended;

    @Override
    public void completed(Operation operation, Duration duration, Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void charged(Operation operation, double requestUnits) {
        charges.merge(operation, requestUnits, Double::sum);
    }

    @Override
    public FenceEvents fence() {
        return new FenceEvents() {
            @Override
            public void happened(Event event) {
                fenced.add(event);
            }
        };
    }

    @Override
    public void suspended(String reason) {
        suspended = reason;
    }

    @Override
    public void resumed() {
        suspended = null;
    }
}
