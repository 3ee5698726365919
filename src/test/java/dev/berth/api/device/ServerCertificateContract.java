package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which certificates the device listener shows of itself, and how it changes them while devices call. */
abstract class ServerCertificateContract extends DeviceListenerFixture {
    ServerCertificateContract(TlsEngine engine) {
        super(engine);
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_2048"})
    void showsAnyCommonKindOfServerCertificate(KeyAlgorithm algorithm) throws IOException {
        TestPki.write(directory, PKI.server("localhost", algorithm));
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void reloadsUnderLoadAndStillAsksForCertificates() throws Exception {
        var listener = listener();
        var stop = new AtomicBoolean();
        var served = new AtomicInteger();
        var failures = new CopyOnWriteArrayList<Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> keepCalling(listener.port(), stop, served, failures));
            }
            for (var name : List.of("localhost-2", "localhost-3")) {
                awaitMore(served);
                TestPki.write(directory, PKI.server(name, KeyAlgorithm.P_256));
                listener.reload();
                awaitMore(served);
                assertThat(serverName()).isEqualTo("CN=" + name);
            }
            stop.set(true);
        }
        assertThat(failures).isEmpty();
        try (var device = connect(null, "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").problem()).isEqualTo("certificate-missing");
        }
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void keepsItsCertificateWhenTheNewOneCannotBeUsed() throws IOException {
        var listener = listener();
        Files.writeString(directory.resolve("server.key"), "nonsense");
        listener.reload();
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    private static void awaitMore(AtomicInteger served) {
        int enough = served.get() + 8;
        while (served.get() < enough) {
            Thread.onSpinWait();
        }
    }

    private String serverName() throws IOException {
        try (var device = connect()) {
            var shown = (X509Certificate) device.socket().getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static void keepCalling(int port, AtomicBoolean stop, AtomicInteger served, List<Throwable> failures) {
        while (!stop.get() && failures.isEmpty()) {
            try (var device = DeviceClient.connect(port, DEVICE, "TLSv1.3")) {
                assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            } catch (IOException | AssertionError e) {
                failures.add(e);
            }
            served.incrementAndGet();
        }
    }
}
