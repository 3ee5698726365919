package dev.berth.store.embedded;

import static dev.berth.store.embedded.EmbeddedStoreFixture.DEVICES;
import static dev.berth.store.embedded.EmbeddedStoreFixture.device;
import static dev.berth.store.embedded.EmbeddedStoreFixture.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that really fills up: a small tmpfs, which only root may mount. {@link DiskFaultTest} runs everywhere. */
@Timeout(120)
class FullDiskTest {
    private static final int DISK_MIB = 64;
    private static final int BODY_BYTES = 20_000;

    /** Leaves room for what is there once more: compaction copies before it deletes. */
    private static final long RESERVE = 40L << 20;

    /** Bodies that no compression makes smaller. */
    private final Random random = new Random(1);

    @TempDir
    private Path disk;

    private final Set<Key> acknowledged = new HashSet<>();
    private final Set<Key> unknown = new HashSet<>();
    private int next;

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "berth-test", disk.toString()))
                .as("no small disk to fill here: mounting a tmpfs needs root")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void aDiskThatFillsUpCompletelyLosesNothingAndComesBack() throws Exception {
        var ballast = ballast(16);
        try (var store = open(0)) {
            for (var round = 0; round < 3; round++) {
                fillUp(store);
                assertThat(store.find(acknowledged.iterator().next())).isPresent();
                assertThat(store.scan(DEVICES, "state", "told", PageRequest.first(5))
                                .documents())
                        .hasSize(5);
                Files.delete(ballast);
                until(() -> isWritten(store));
                requireAcknowledged(store);
                ballast = ballast(16 - 4 * round);
            }
        }
        Files.delete(ballast);
        try (var store = open(0)) {
            requireAcknowledged(store);
        }
    }

    @Test
    void theReserveMakesARefusalCertain() throws Exception {
        try (var store = open(RESERVE)) {
            fillUp(store);
            assertThat(unknown).isEmpty();
            requireAcknowledged(store);
        }
        try (var store = open(RESERVE)) {
            requireAcknowledged(store);
        }
    }

    @Test
    void aStartOnAFullDiskSaysSo() throws Exception {
        try (var store = open(0)) {
            isWritten(store);
        }
        var ballast = ballast(DISK_MIB);
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(() -> open(0))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
        Files.delete(ballast);
        try (var store = open(0)) {
            requireAcknowledged(store);
        }
    }

    private EmbeddedStore open(long freeBytesMin) {
        var usual = EmbeddedStoreOptions.defaults();
        var options = new EmbeddedStoreOptions(
                freeBytesMin,
                usual.queueBytesMax(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                usual.cacheBytes(),
                4L << 20);
        return EmbeddedStore.open(disk.resolve("store"), options, StoreListener.NONE);
    }

    /** Fills what is left of that many mebibytes. */
    private Path ballast(int mebibytes) throws IOException {
        var file = disk.resolve("ballast");
        try (var out = Files.newOutputStream(file)) {
            for (var i = 0; i < mebibytes * 256; i++) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
        return file;
    }

    private void fillUp(EmbeddedStore store) {
        while (isWritten(store)) {
            assertThat(next).isLessThan(10_000);
        }
    }

    private boolean isWritten(EmbeddedStore store) {
        var key = device("d" + next++);
        try {
            store.insert(key, body());
            acknowledged.add(key);
            return true;
        } catch (StoreUnavailableException e) {
            if (e.outcomeUnknown()) {
                unknown.add(key);
            }
            return false;
        }
    }

    private byte[] body() {
        var bytes = new byte[BODY_BYTES];
        random.nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes);
        return ("{\"state\":\"told\",\"x\":\"" + text + "\"}").getBytes(UTF_8);
    }

    private void requireAcknowledged(EmbeddedStore store) {
        var found = new ArrayList<Key>();
        for (var i = 0; i < next; i++) {
            store.find(device("d" + i)).ifPresent(document -> found.add(document.key()));
        }
        assertThat(found).containsAll(acknowledged);
        found.removeAll(acknowledged);
        assertThat(unknown).containsAll(found);
        assertThat(store.verify().findings()).isEmpty();
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
