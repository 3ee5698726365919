package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreListener;
import dev.berth.store.WriteResult.Written;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes until it is killed. Says on standard output what it is about to write ({@code I key number}, 0 for a delete), what was
 * acknowledged ({@code A key number}) and which bulk inserts were ({@code B prefix rows number}); each line is one system call, so that
 * a kill leaves no half of one.
 */
final class CrashingProcess {
    static final Collection DEVICES = Collection.of("devices", "state");
    static final String PARTITION = "tenant";
    static final Key COUNTER = key("counter");
    private static final int WRITERS = 8;
    private static final int KEYS_PER_WRITER = 40;
    private static final int BULK_ROWS_MAX = 1_500;
    private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);

    private final EmbeddedStore store;
    private final String name;
    private final Random random;
    private long number;

    private CrashingProcess(EmbeddedStore store, int writer, long round) {
        this.store = store;
        name = "w" + writer;
        random = new Random(round * WRITERS + writer);
        number = (round * WRITERS + writer) * 1_000_000;
    }

    /** Directory and number of the round, from 1. */
    public static void main(String[] arguments) throws InterruptedException {
        var options = EmbeddedStoreOptions.defaults();
        var store = EmbeddedStore.open(Path.of(arguments[0]), options, StoreListener.NONE);
        say("ready");
        for (var writer = 0; writer < WRITERS; writer++) {
            Thread.ofPlatform().start(new CrashingProcess(store, writer, Long.parseLong(arguments[1]))::run);
        }
        Thread.currentThread().join();
    }

    /** A body that says its number and, by its length and filling, whether it is whole. */
    static byte[] body(long number) {
        var filling = Long.toString(number * 0x9E3779B97F4A7C15L, 36).repeat((int) (number % 7) * 40);
        return "{\"number\":%d,\"state\":\"s%d\",\"filling\":\"%s\"}"
                .formatted(number, number % 5, filling)
                .getBytes(UTF_8);
    }

    static Key key(String id) {
        return new Key(DEVICES, PARTITION, id);
    }

    private void run() {
        while (true) {
            switch (random.nextInt(40)) {
                case 0 -> insertMany();
                case 1, 2, 3, 4 -> increment();
                default -> change(name + "-" + random.nextInt(KEYS_PER_WRITER));
            }
        }
    }

    private void change(String id) {
        var found = store.find(key(id));
        number++;
        if (found.isPresent() && random.nextInt(3) == 0) {
            say("I " + id + " 0");
            require(store.delete(key(id), found.get().version()) instanceof Written);
            say("A " + id + " 0");
            return;
        }
        say("I " + id + " " + number);
        var result = found.isPresent()
                ? store.replace(key(id), body(number), found.get().version())
                : store.insert(key(id), body(number));
        require(result instanceof Written);
        say("A " + id + " " + number);
    }

    /** All writers at one document: its number says how many of them were acknowledged, at least. */
    private void increment() {
        var found = store.find(COUNTER);
        if (found.isEmpty()) {
            store.insert(COUNTER, body(1));
            return;
        }
        var next = numberOf(found.get().body()) + 1;
        if (store.replace(COUNTER, body(next), found.get().version()) instanceof Written) {
            say("C counter " + next);
        }
    }

    private void insertMany() {
        number++;
        var prefix = name + "-bulk" + number + "-";
        var rows = 1 + random.nextInt(BULK_ROWS_MAX);
        var body = body(number);
        var results = store.insertAll(
                DEVICES,
                IntStream.range(0, rows)
                        .mapToObj(row -> new NewDocument(PARTITION, prefix + row, body))
                        .toList());
        require(results.stream().allMatch(Written.class::isInstance));
        say("B " + prefix + " " + rows + " " + number);
    }

    static long numberOf(byte[] body) {
        var text = new String(body, UTF_8);
        return Long.parseLong(text.substring("{\"number\":".length(), text.indexOf(',')));
    }

    /** Nobody else writes here: anything but success is a broken promise, and ends the process before it is killed. */
    private static void require(boolean promise) {
        if (!promise) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void say(String line) {
        try {
            OUTPUT.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
