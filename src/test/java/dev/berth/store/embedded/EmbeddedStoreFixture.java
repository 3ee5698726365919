package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh store on a disk that can fail; sound after every test. */
abstract class EmbeddedStoreFixture {
    static final Collection DEVICES = Collection.of("devices", "state");
    static final Key A = device("a");
    static final byte[] TOLD = json("told");
    static final byte[] REGISTERED = json("registered");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(1);

    @TempDir
    Path directory;

    EmbeddedStore store;
    FaultyDisk disk;

    EmbeddedStoreOptions options() {
        return EmbeddedStoreOptions.defaults();
    }

    StoreListener listener() {
        return StoreListener.NONE;
    }

    @BeforeEach
    void openStore() {
        disk = new FaultyDisk();
        store = EmbeddedStore.open(directory, options(), listener(), disk::over);
    }

    @AfterEach
    void everyIndexAgreesWithItsDocuments() {
        store.close();
        try (var again = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            assertThat(again.verify().findings()).isEmpty();
        }
    }

    void reopen() {
        store.close();
        openStore();
    }

    static Key device(String id) {
        return new Key(DEVICES, "tenant", id);
    }

    static byte[] json(String state) {
        return ("{\"state\":\"" + state + "\"}").getBytes(UTF_8);
    }

    static String written(WriteResult result) {
        assertThat(result).isInstanceOf(Written.class);
        return ((Written) result).version();
    }

    static StoreUnavailableException unavailable(Runnable call) {
        try {
            call.run();
        } catch (StoreUnavailableException e) {
            return e;
        }
        return fail("the store was available");
    }

    /** Waits for another thread, not for time to pass. */
    static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
