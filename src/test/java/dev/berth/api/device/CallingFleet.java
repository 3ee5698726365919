package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices that call all the time, each answer on a new connection; all of them have to be answered as who they are. */
final class CallingFleet implements AutoCloseable {
    private static final int MORE = 8;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    CallingFleet(int port, int devices) {
        for (int i = 0; i < devices; i++) {
            var name = "caller-" + i;
            var credential = DeviceListenerFixture.PKI.device(name, KeyAlgorithm.P_256);
            var protocol = i % 2 == 0 ? "TLSv1.3" : "TLSv1.2";
            threads.execute(() -> keepCalling(port, name, credential, protocol));
        }
    }

    private void keepCalling(int port, String name, TestPki.Credential credential, String protocol) {
        while (!stopped && failures.isEmpty()) {
            try (var device = DeviceClient.connect(port, credential, protocol)) {
                var answer = device.get("/v1/id-scope");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().path("registrationId").asText()).isEqualTo(name);
                answers.incrementAndGet();
            } catch (IOException | AssertionError e) {
                failures.add(e);
            }
        }
    }

    void awaitMoreAnswers() {
        int enough = answers.get() + MORE;
        while (answers.get() < enough && failures.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(failures).isEmpty();
    }

    /** Ends the calls; that one of them failed is a failure. */
    @Override
    public void close() {
        stopped = true;
        threads.close();
        assertThat(failures).isEmpty();
    }
}
