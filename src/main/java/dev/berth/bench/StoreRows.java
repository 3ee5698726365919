package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** Documents the size of a device's, with two indexes, by their number. */
final class StoreRows {
    private static final Collection DEVICES = Collection.of("devices", "state", "instance");
    private static final String TENANT = "contoso";
    private static final int ROWS_PER_CALL = 10_000;
    private static final int LOOKUPS_PER_ROUND = 50_000;
    private static final double NANOS_PER_MICRO = 1_000;

    private StoreRows() {}

    /** Inserts those below {@code count} in bulk; returns how many a second. */
    static double fill(DocumentStore store, int count) {
        var began = System.nanoTime();
        for (var from = 0L; from < count; from += ROWS_PER_CALL) {
            store.insertAll(DEVICES, rows(from));
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static List<NewDocument> rows(long from) {
        return LongStream.range(from, from + ROWS_PER_CALL)
                .mapToObj(number -> new NewDocument(TENANT, id(number), body(number)))
                .toList();
    }

    /** What one lookup takes, of a random one below {@code count}, one after the other. */
    static double lookupMicros(DocumentStore store, int count) throws Exception {
        var random = new Random(1);
        return Rounds.median(() -> {
            var began = System.nanoTime();
            for (var i = 0; i < LOOKUPS_PER_ROUND; i++) {
                requireFound(store.find(key(random.nextInt(count))));
            }
            return (System.nanoTime() - began) / NANOS_PER_MICRO / LOOKUPS_PER_ROUND;
        });
    }

    private static void requireFound(Optional<Document> document) {
        if (document.isEmpty()) {
            throw new IllegalStateException("a document is missing");
        }
    }

    static Key key(long number) {
        return new Key(DEVICES, TENANT, id(number));
    }

    /** Scattered, as the names of real devices are. */
    private static String id(long number) {
        return "device-%016x".formatted(number * 0x9E3779B97F4A7C15L);
    }

    static byte[] body(long number) {
        return """
                {"state":"%s","instance":"dps-%d","registrationId":"%s","generation":1,"hardwareId":"%s",\
                "slot":"2026-11-21T12:%02d:%02d.123Z","tolerance":700,"owner":"contoso","group":"line-%d",\
                "thumbprint":"%016x%016x%016x%016x","geography":"europe","labels":{"site":"s%d","model":"m%d"}}""".formatted(
                        number % 3 == 0 ? "told" : "registered",
                        number % 10,
                        id(number),
                        id(~number),
                        number / 60 % 60,
                        number % 60,
                        number % 100,
                        number * 31,
                        number * 37,
                        number * 41,
                        number * 43,
                        number % 1000,
                        number % 50)
                .getBytes(UTF_8);
    }
}
