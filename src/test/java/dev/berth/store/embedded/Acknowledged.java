package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Document;
import dev.berth.store.PageRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a {@link CrashingProcess} was told, and so must be found after it was killed. */
final class Acknowledged {
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Long> intended = new HashMap<>();
    private long counter;
    private long lines;

    void hear(String line) {
        var words = line.split(" ", -1);
        switch (words[0]) {
            case "I" -> intended.put(words[1], Long.valueOf(words[2]));
            case "A" -> {
                intended.remove(words[1]);
                acknowledge(words[1], Long.parseLong(words[2]));
            }
            case "B" -> {
                for (var row = 0; row < Integer.parseInt(words[2]); row++) {
                    acknowledge(words[1] + row, Long.parseLong(words[3]));
                }
            }
            case "C" -> counter = Math.max(counter, Long.parseLong(words[2]));
            default -> assertThat(line).isEqualTo("ready");
        }
    }

    long count() {
        return lines;
    }

    /**
     * Every acknowledged write is there, whole; where one more was under way, it is there or not; nothing else is, rows of a bulk insert
     * that was under way excepted; and the indexes agree. What is there now was decided, and has to stay.
     */
    void requireIn(EmbeddedStore store) {
        assertThat(store.verify().findings()).isEmpty();
        var found = numbers(store);
        assertThat(found.getOrDefault("counter", 0L)).isGreaterThanOrEqualTo(counter);
        acknowledged.forEach((id, number) -> {
            if (!intended.containsKey(id)) {
                assertThat(found.getOrDefault(id, 0L)).as(id).isEqualTo(number);
            }
        });
        intended.forEach((id, number) ->
                assertThat(found.getOrDefault(id, 0L)).as(id).isIn(number, acknowledged.getOrDefault(id, 0L)));
        found.keySet().stream()
                .filter(id -> !id.contains("bulk") && !id.equals("counter") && !intended.containsKey(id))
                .forEach(id -> assertThat(acknowledged).containsKey(id));
        intended.clear();
        acknowledged.clear();
        acknowledged.putAll(found);
        acknowledged.remove("counter");
    }

    private void acknowledge(String id, long number) {
        lines++;
        acknowledged.put(id, number);
    }

    private static Map<String, Long> numbers(EmbeddedStore store) {
        var numbers = new TreeMap<String, Long>();
        var request = PageRequest.first(PageRequest.LIMIT_MAX);
        while (true) {
            var page = store.scan(CrashingProcess.DEVICES, CrashingProcess.PARTITION, request);
            page.documents().forEach(document -> numbers.put(document.key().id(), wholeNumber(document)));
            if (page.cursor() == null) {
                return numbers;
            }
            request = new PageRequest(PageRequest.LIMIT_MAX, page.cursor());
        }
    }

    private static long wholeNumber(Document document) {
        var number = CrashingProcess.numberOf(document.body());
        assertThat(document.body()).as(document.key().id()).isEqualTo(CrashingProcess.body(number));
        return number;
    }
}
