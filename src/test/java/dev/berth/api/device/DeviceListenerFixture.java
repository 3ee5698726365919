package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Contract;
import dev.berth.pki.KeyAlgorithm;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device listener over real sockets, what it is set up with, and the ways to call it; a subclass's rules start it with {@link #connect}. */
@Timeout(60)
abstract class DeviceListenerFixture {
    static final TestPki PKI = new TestPki("test-ca");
    static final TestPki.Credential DEVICE = PKI.device("device-0001", KeyAlgorithm.P_256);
    private static final Contract CONTRACT = Contract.load();

    @TempDir
    Path directory;

    private final Vertx vertx;
    final TlsEngine engine;
    final ListenerScript script = new ListenerScript();
    final ListenerCounts counts = new ListenerCounts();
    final LogAlarms log = new LogAlarms();
    DeviceLimits limits = DeviceLimits.DEFAULT;
    private @Nullable DeviceListener running;

    /** BoringSSL is for the JVM, where sockets are epoll's if the system has it; in an executable there is neither. */
    DeviceListenerFixture(TlsEngine engine) {
        this.engine = engine;
        this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(engine == TlsEngine.BORINGSSL));
    }

    @BeforeEach
    void writeServerCredential() throws IOException {
        TestPki.write(directory, PKI.server("localhost", KeyAlgorithm.P_256));
    }

    @AfterEach
    void stop() {
        script.release();
        if (running != null) {
            running.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
        log.close();
        assertThat(script.failures).isEmpty();
        log.assertNone();
    }

    /** Before the listener is first needed. */
    void handshakesMayTake(Duration max) {
        limits = limits.withHandshakes(limits.handshakes().withTimeMax(max));
    }

    DeviceClient connect() throws IOException {
        return connect(DEVICE, "TLSv1.3");
    }

    DeviceClient connect(TestPki.@Nullable Credential credential, String protocol) throws IOException {
        return DeviceClient.connect(listener().port(), credential, protocol);
    }

    /** A connection whose handshake offers what {@code offer} sets. */
    DeviceClient connect(TestPki.@Nullable Credential credential, Consumer<SSLParameters> offer) throws IOException {
        return DeviceClient.connect(listener().port(), DeviceClient.context(credential), offer);
    }

    /** The listener, started with the limits of this moment when it is first needed. */
    DeviceListener listener() {
        if (running == null) {
            var settings = new DeviceListener.Settings(
                    "127.0.0.1",
                    0,
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"),
                    Optional.of(engine),
                    limits);
            try {
                running = new DeviceListener(vertx, settings, CONTRACT, script, script, counts).start();
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
        return running;
    }

    void awaitNoConnection() {
        await(() -> listener().connectionsOpen() == 0);
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Whom the server says it is. */
    static String serverName(DeviceClient device) throws IOException {
        var shown = (X509Certificate) device.socket().getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }
}
