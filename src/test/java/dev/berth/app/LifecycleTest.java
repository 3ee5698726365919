package dev.berth.app;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.app.ServiceClient.Answer;
import dev.berth.pki.CertifiedKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service starts, stops and starts again, on a clock that stands still. */
class LifecycleTest {
    private static final Executor THREADS = Thread.ofVirtual()::start;

    /** Of an instance that allows 1,000 a minute; the ledger counts in nanoseconds, the wire in milliseconds. */
    private static final Duration SPACING = Duration.ofMillis(61_200).dividedBy(999);

    @TempDir
    Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final CertifiedKey authority = TestKeys.authority("Devices");
    private TestKeys keys = new TestKeys(Path.of(""));

    @BeforeEach
    void writeKeys() throws Exception {
        keys = new TestKeys(directory).write();
    }

    @Test
    void isReadyOnlyWhileItServes() throws Exception {
        try (var service = new WiredService(keys, now)) {
            assertThat(service.readiness().call().getStatus()).isEqualTo(Status.DOWN);
            service.start();
            assertThat(service.readiness().call().getStatus()).isEqualTo(Status.UP);
            service.stop();
            assertThat(service.readiness().call().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void answersInWorkFinishBeforeItStops() throws Exception {
        try (var service = started()) {
            var late = service.client(device("late"));
            service.devices().hold();
            var answer = supplyAsync(() -> ask(late), THREADS);
            service.devices().awaitHeld();

            var stopped = CompletableFuture.runAsync(service::stop, THREADS);
            service.awaitNotReady();

            assertThat(service.readiness().call().getData().orElseThrow()).containsEntry("phase", "stopping");
            assertThat(stopped).isNotDone();
            service.devices().letGo();
            assertThat(answer.get(10, SECONDS).status()).isEqualTo(200);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
            assertThatThrownBy(() -> ask(service.client(device("too-late")))).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void whatNobodyWasToldGoesBackToTheLedger() throws Exception {
        try (var service = started()) {
            var last = Instant.MIN;
            for (int i = 0; i < 7; i++) {
                last = registerAt(ask(service.client(device("told-" + i))));
            }

            service.stop();

            var ledger = service.ledger();
            assertThat(ledger.committed()).isEqualTo(7);
            assertThat(service.devicesCounted()).isEqualTo(7);
            assertThat(Duration.between(last, ledger.slotsGivenUntil()))
                    .isBetween(SPACING.minusMillis(1), SPACING.plusMillis(1));
        }
    }

    @Test
    void aRestartTellsADeviceTheSame() throws Exception {
        var device = device("again");
        Answer before;
        try (var service = started()) {
            before = ask(service.client(device));
        }
        try (var service = new WiredService(keys, now)) {
            service.start();

            var after = ask(service.client(device));

            assertThat(after.json()).isEqualTo(before.json());
        }
    }

    private WiredService started() throws Exception {
        var service = new WiredService(keys, now);
        service.setUp(authority.certificate());
        service.start();
        return service;
    }

    private CertifiedKey device(String registrationId) {
        return TestKeys.device(authority, registrationId);
    }

    private static Answer ask(ServiceClient device) {
        return device.call("getIdScope", "/v1/id-scope");
    }

    private static Instant registerAt(Answer answer) {
        return Instant.parse(answer.text("registerAt"));
    }
}
