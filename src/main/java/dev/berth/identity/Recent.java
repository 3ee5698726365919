package dev.berth.identity;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * At most {@code entriesMax} entries, the ones used lately.
 *
 * <p>Two generations: a hit in the old one moves the entry to the young one; when the young one holds half of all, it becomes
 * the old one and what was old is dropped. So a lookup takes no lock, and no entry needs a time stamp or a place in a list.
 */
final class Recent<K, V> {
    private final int generationMax;
    private final AtomicReference<Generations<K, V>> generations = new AtomicReference<>(Generations.empty());

    Recent(int entriesMax) {
        this.generationMax = Math.max(1, entriesMax / 2);
    }

    Optional<V> find(K key) {
        var now = generations.get();
        V value = now.young.get(key);
        if (value == null) {
            value = now.old.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return Optional.ofNullable(value);
    }

    void put(K key, V value) {
        var now = generations.get();
        now.young.put(key, value);
        if (now.young.mappingCount() >= generationMax) {
            generations.compareAndSet(now, now.aged());
        }
    }

    long size() {
        return generations.get().young.mappingCount() + generations.get().old.mappingCount();
    }

    private record Generations<K, V>(ConcurrentHashMap<K, V> young, ConcurrentHashMap<K, V> old) {
        static <K, V> Generations<K, V> empty() {
            return new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        Generations<K, V> aged() {
            return new Generations<>(new ConcurrentHashMap<>(), young);
        }
    }
}
