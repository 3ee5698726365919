package dev.berth.identity;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most {@code entriesMax} entries, the ones used lately.
 *
 * <p>Two generations: a hit in the old one moves the entry to the young one; when the young one holds half of all, it becomes
 * the old one and what was old is dropped. So a lookup takes no lock, and no entry needs a time stamp or a place in a list.
 */
final class Recent<K, V> {
    private final int generationMax;
    private volatile Generations<K, V> generations =
            new Generations<>(0, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    Recent(int entriesMax) {
        this.generationMax = Math.max(1, entriesMax / 2);
    }

    Optional<V> find(K key) {
        var now = generations;
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
        var now = generations;
        now.young.put(key, value);
        if (now.young.mappingCount() >= generationMax) {
            age(now.number);
        }
    }

    long size() {
        return generations.young.mappingCount() + generations.old.mappingCount();
    }

    private synchronized void age(long number) {
        if (generations.number == number) {
            generations = new Generations<>(number + 1, new ConcurrentHashMap<>(), generations.young);
        }
    }

    private record Generations<K, V>(long number, ConcurrentHashMap<K, V> young, ConcurrentHashMap<K, V> old) {}
}
