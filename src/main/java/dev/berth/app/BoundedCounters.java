package dev.berth.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counters of one name, one for each key, up to {@link #KEYS_MAX}; keys that come later share the one labelled {@code other}, so that
 * no number of tenants or instances makes the metrics grow without end.
 */
final class BoundedCounters<K> {
    static final int KEYS_MAX = 500;
    static final String OTHER = "other";

    private final MeterRegistry registry;
    private final String name;
    private final Function<K, Tags> labels;
    private final Map<K, Counter> counters = new ConcurrentHashMap<>();

    BoundedCounters(MeterRegistry registry, String name, Function<K, Tags> labels) {
        this.registry = registry;
        this.name = name;
        this.labels = labels;
    }

    void increment(K key) {
        add(key, 1);
    }

    void add(K key, int amount) {
        var known = counters.get(key);
        (known == null ? first(key) : known).increment(amount);
    }

    /** Two threads that come at once may let one key more in, which is still a bound. */
    private Counter first(K key) {
        var tags = labels.apply(key);
        if (counters.size() >= KEYS_MAX) {
            return registry.counter(name, others(tags));
        }
        return counters.computeIfAbsent(key, _ -> registry.counter(name, tags));
    }

    private static Tags others(Tags tags) {
        return Tags.of(tags.stream().map(tag -> Tag.of(tag.getKey(), OTHER)).toList());
    }
}
