package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.bench.Candidate.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * The engines that docs/adr/0002 chose from, under the same load: 500,000 rows in bulk, random lookups, then durable inserts of 16 and
 * of 64 callers that wait for each. The arguments are a directory and the engines' names.
 */
final class EngineComparison {
    private static final int ROWS = 500_000;
    private static final int ROWS_PER_CALL = 1_000;
    private static final int LOOKUPS = 100_000;

    private EngineComparison() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("| engine | bulk rows/s | lookup µs | inserts/s, 16 | inserts/s, 64 | MB |");
        for (var i = 1; i < arguments.length; i++) {
            measure(arguments[i], Files.createDirectories(Path.of(arguments[0], arguments[i])));
        }
    }

    private static void measure(String name, Path directory) throws Exception {
        try (var candidate = candidate(name, directory)) {
            var bulk = bulk(candidate);
            var bytes = bytes(directory);
            var lookup = Rounds.median(() -> lookupMicros(candidate));
            var next = new AtomicLong(ROWS);
            var few = Rounds.median(() -> Rounds.perSecond(16, next, n -> candidate.insert(List.of(row(n)))));
            var many = Rounds.median(() -> Rounds.perSecond(64, next, n -> candidate.insert(List.of(row(n)))));
            System.out.printf(
                    "| %s | %,.0f | %.1f | %,.0f | %,.0f | %d |%n", name, bulk, lookup, few, many, bytes >> 20);
        }
    }

    private static Candidate candidate(String name, Path directory) throws Exception {
        return switch (name) {
            case "rocksdb" -> new RocksDbCandidate(directory);
            case "sqlite" -> new SqliteCandidate(directory);
            case "mvstore" -> new MvStoreCandidate(directory);
            case "log" -> new LogCandidate(directory);
            default -> throw new IllegalArgumentException("rocksdb, sqlite, mvstore or log, not " + name);
        };
    }

    private static double bulk(Candidate candidate) {
        var began = System.nanoTime();
        for (var from = 0L; from < ROWS; from += ROWS_PER_CALL) {
            candidate.insert(LongStream.range(from, from + ROWS_PER_CALL)
                    .mapToObj(EngineComparison::row)
                    .toList());
        }
        return ROWS * 1e9 / (System.nanoTime() - began);
    }

    private static double lookupMicros(Candidate candidate) {
        var random = new Random(1);
        var began = System.nanoTime();
        for (var i = 0; i < LOOKUPS; i++) {
            if (candidate.find(id(random.nextInt(ROWS))).length == 0) {
                throw new IllegalStateException("an empty body");
            }
        }
        return (System.nanoTime() - began) / 1e3 / LOOKUPS;
    }

    private static long bytes(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static String id(long number) {
        return "device-%016x".formatted(number * 0x9E3779B97F4A7C15L);
    }

    private static Row row(long number) {
        var state = number % 3 == 0 ? "told" : "registered";
        var instance = "dps-" + number % 10;
        var body = "{\"state\":\"%s\",\"instance\":\"%s\",\"registrationId\":\"%s\",\"filling\":\"%s\"}"
                .formatted(state, instance, id(number), id(number * 31).repeat(15));
        return new Row(id(number), state, instance, body.getBytes(UTF_8));
    }
}
