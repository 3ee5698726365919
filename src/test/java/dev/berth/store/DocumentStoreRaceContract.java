package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.History.Call;
import dev.berth.store.WriteResult.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every document store promises to many callers at once. A store's test is an empty subclass that opens a fresh one. */
public abstract class DocumentStoreRaceContract {
    private static final Collection DEVICES = Collection.of("devices", "state");
    private static final int CALLERS = 16;
    private static final List<String> STATES = List.of("told", "registered", "failed");

    private DocumentStore store;

    protected abstract DocumentStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    protected void ofManyInsertsOneWins() throws Exception {
        for (var round = 0; round < 50; round++) {
            var key = device("d" + round);
            var results = race(caller -> store.insert(key, json("c" + caller)));
            assertThat(results).filteredOn(Written.class::isInstance).hasSize(1);
            var winner = IntStream.range(0, CALLERS)
                    .filter(caller -> results.get(caller) instanceof Written)
                    .findFirst();
            assertThat(store.find(key).orElseThrow().body()).isEqualTo(json("c" + winner.orElseThrow()));
        }
    }

    @Test
    protected void ofManyWritesThatExpectOneVersionOneWins() throws Exception {
        var version = written(store.insert(device("a"), json("told")));
        for (var round = 0; round < 50; round++) {
            var expected = version;
            var results = race(caller -> store.replace(device("a"), json("c" + caller), expected));
            assertThat(results).filteredOn(Written.class::isInstance).hasSize(1);
            version = store.find(device("a")).orElseThrow().version();
            assertThat(results).contains(new Written(version));
        }
        var last = version;
        var results = race(caller ->
                caller % 2 == 0 ? store.delete(device("a"), last) : store.replace(device("a"), json("told"), last));
        assertThat(results).filteredOn(Written.class::isInstance).hasSize(1);
    }

    @Test
    protected void aCounterLosesNoIncrement() throws Exception {
        store.insert(device("counter"), json("0"));
        race(caller -> {
            for (var i = 0; i < 20; i++) {
                increment();
            }
            return caller;
        });
        assertThat(store.find(device("counter")).orElseThrow().body()).isEqualTo(json("" + 20 * CALLERS));
    }

    @Test
    protected void oneDocumentIsLinearizable() throws Exception {
        var seed = new Random().nextLong();
        for (var round = 0; round < 60; round++) {
            var calls = randomCalls(seed + round);
            assertThat(History.isLinearizable(calls))
                    .as("seed %d: %s", seed + round, calls)
                    .isTrue();
        }
    }

    @Test
    protected void pagesShowEveryDocumentThatStaysOnceWhileOthersComeAndGo() throws Exception {
        var staying = IntStream.range(0, 200).mapToObj("s%04d"::formatted).toList();
        staying.forEach(id -> store.insert(device(id), json("told")));
        var done = new AtomicBoolean();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var churn = callers.submit(() -> churn(done));
            for (var round = 0; round < 10; round++) {
                assertThat(staying(request -> store.scan(DEVICES, "tenant", request)))
                        .isEqualTo(staying);
                assertThat(staying(request -> store.scan(DEVICES, "state", "told", request)))
                        .isEqualTo(staying);
            }
            done.set(true);
            churn.get();
        }
    }

    @Test
    protected void anIndexNeverShowsADocumentOfAnotherValue() throws Exception {
        var seed = new Random().nextLong();
        race(caller -> {
            var random = new Random(seed + caller);
            for (var i = 0; i < 60; i++) {
                changeSomething(random);
                var state = STATES.get(random.nextInt(STATES.size()));
                assertThat(store.scan(DEVICES, "state", state, PageRequest.first(100))
                                .documents())
                        .as("seed %d", seed)
                        .allMatch(document -> new String(document.body(), UTF_8).contains(state));
            }
            return caller;
        });
        assertThat(STATES)
                .allSatisfy(state -> assertThat(ids(store.scan(DEVICES, "state", state, PageRequest.first(100))))
                        .isEqualTo(ids(store.scan(DEVICES, "tenant", PageRequest.first(100)), state)));
    }

    private List<Call> randomCalls(long seed) throws Exception {
        var key = device("r" + seed);
        return race(5, caller -> {
                    var random = new Random(seed * 31 + caller);
                    var calls = new ArrayList<Call>();
                    var seen = "none";
                    for (var i = 0; i < 5; i++) {
                        var call = randomCall(key, random.nextInt(4), seen);
                        seen = call.seen();
                        calls.add(call);
                    }
                    return calls;
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Call randomCall(Key key, int kind, String seen) {
        return switch (kind) {
            case 0 -> Call.insert(() -> store.insert(key, json("told")));
            case 1 -> Call.replace(seen, () -> store.replace(key, json("told"), seen));
            case 2 -> Call.delete(seen, () -> store.delete(key, seen));
            default -> Call.find(() -> store.find(key));
        };
    }

    private void increment() {
        while (true) {
            var counter = store.find(device("counter")).orElseThrow();
            var count = Integer.parseInt(new String(counter.body(), UTF_8).replaceAll("\\D", ""));
            if (store.replace(counter.key(), json("" + (count + 1)), counter.version()) instanceof Written) {
                return;
            }
        }
    }

    private int churn(AtomicBoolean done) {
        var random = new Random(1);
        var writes = 0;
        for (; !done.get(); writes++) {
            var key = device((random.nextBoolean() ? "a" : "s0100-") + random.nextInt(50));
            if (store.insert(key, json("told")) instanceof WriteResult.Conflict) {
                store.delete(key, store.find(key).orElseThrow().version());
            }
        }
        return writes;
    }

    private void changeSomething(Random random) {
        var key = device("d" + random.nextInt(10));
        var body = json(STATES.get(random.nextInt(STATES.size())));
        var found = store.find(key);
        if (found.isEmpty()) {
            store.insert(key, body);
        } else if (random.nextInt(4) == 0) {
            store.delete(key, found.get().version());
        } else {
            store.replace(key, body, found.get().version());
        }
    }

    private static List<String> staying(Function<PageRequest, Page> scan) {
        return DocumentStoreContract.pages(scan, 7).stream()
                .filter(id -> id.length() == "s0000".length())
                .filter(id -> id.startsWith("s"))
                .toList();
    }

    private static List<String> ids(Page page) {
        return ids(page, "");
    }

    private static List<String> ids(Page page, String state) {
        return page.documents().stream()
                .filter(document -> new String(document.body(), UTF_8).contains(state))
                .map(document -> document.key().id())
                .toList();
    }

    private static <T> List<T> race(Function<Integer, T> call) throws Exception {
        return race(CALLERS, call);
    }

    private static <T> List<T> race(int callers, Function<Integer, T> call) throws Exception {
        var start = new CyclicBarrier(callers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<T>>();
            for (var caller = 0; caller < callers; caller++) {
                var number = caller;
                answers.add(threads.submit(() -> {
                    start.await();
                    return call.apply(number);
                }));
            }
            return all(answers);
        }
    }

    private static <T> List<T> all(List<Future<T>> answers) throws InterruptedException, ExecutionException {
        var results = new ArrayList<T>();
        for (var answer : answers) {
            results.add(answer.get());
        }
        return results;
    }

    private static Key device(String id) {
        return new Key(DEVICES, "tenant", id);
    }

    private static byte[] json(String state) {
        return ("{\"state\":\"" + state + "\"}").getBytes(UTF_8);
    }

    private static String written(WriteResult result) {
        return ((Written) result).version();
    }
}
