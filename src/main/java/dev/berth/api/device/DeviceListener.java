package dev.berth.api.device;

import dev.berth.api.contract.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The listener devices call: mutual TLS of its own, because only here certificates of any issuer are asked for.
 *
 * <p>HTTP/1.1 alone: a device sends one request, so HTTP/2 could save it nothing, and would add header compression, stream resets and
 * flow control to what strangers can play with. No session is ever resumed: every connection proves the key again.
 */
public final class DeviceListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeviceListener.class);

    /** How often the files of the server's certificate are looked at. */
    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Settings settings;
    private final CredentialFiles files;
    private final TlsEngine engine;
    private final DoorKeeper door;
    private final ReloadableTls tls;
    private final OpenConnections connections;
    private final DeviceRequests requests;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
            .name("device-", 0)
            .inheritInheritableThreadLocals(false)
            .factory());
    private volatile @Nullable HttpServers servers;
    private long reloads;

    /**
     * Where it listens, what it shows of itself, and how much it takes.
     *
     * @param port 0 takes a free one
     * @param engine empty takes the fastest that runs here
     */
    public record Settings(
            String host,
            int port,
            Path certificateFile,
            Path keyFile,
            Optional<TlsEngine> engine,
            DeviceLimits limits) {}

    /** Reads the server's certificate but does not listen yet; the exceptions say why it cannot be used. */
    public DeviceListener(
            Vertx vertx,
            Settings settings,
            Contract contract,
            ChainJudge judge,
            Provisioner provisioner,
            DeviceObserver observer)
            throws IOException, GeneralSecurityException {
        TlsEngine.prepareJdk();
        this.vertx = vertx;
        this.settings = settings;
        this.files = new CredentialFiles(settings.certificateFile(), settings.keyFile());
        var log = new AccessLog();
        var credential = files.changed().orElseThrow();
        this.engine = settings.engine().orElseGet(() -> TlsEngine.fastestFor(credential.publicKey()));
        this.door = new DoorKeeper(settings.limits(), observer, log);
        this.tls = new ReloadableTls(DeviceTls.context(engine, credential), door, threads);
        this.connections = new OpenConnections(settings.limits(), observer, door);
        var reports = new ReportReader(contract.operation("reportRegistration").orElseThrow());
        this.requests = new DeviceRequests(
                contract.operation("getIdScope").orElseThrow(),
                new DeviceApi(judge, provisioner, reports),
                settings.limits().requests(),
                observer,
                engine,
                door,
                threads,
                log);
    }

    /** Returns when devices can call. */
    public DeviceListener start() {
        servers = HttpServers.listen(vertx, settings.port(), this::server);
        reloads = vertx.setPeriodic(RELOAD_INTERVAL.toMillis(), _ -> threads.execute(this::reload));
        LOG.infof("devices call %s:%d; the TLS engine is %s: %s", settings.host(), port(), engine, engine.leaves());
        return this;
    }

    public int port() {
        return servers == null ? settings.port() : servers.port();
    }

    public TlsEngine engine() {
        return engine;
    }

    /** Requests in work now. */
    public int requestsInFlight() {
        return requests.inFlight();
    }

    /** Connections open now, those in their handshake included. */
    public int connectionsOpen() {
        return door.open();
    }

    /** Of the connections open how many have not finished their handshake. */
    public int connectionsHalfOpen() {
        return door.halfOpen();
    }

    /** Handshakes that have begun and not ended. */
    public int handshakesInProgress() {
        return door.inHandshake();
    }

    /** Hellos whose handshake has not begun. */
    public int handshakesWaiting() {
        return door.waiting();
    }

    /** Shows the certificate that the files hold now to connections from now on; one that cannot be used changes nothing. */
    public void reload() {
        try {
            var changed = files.changed();
            if (changed.isPresent()) {
                tls.replace(DeviceTls.context(engine, changed.get()));
                LOG.infof("the device listener shows the new certificate of %s", files);
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.errorf(
                    "the device listener keeps its certificate, because %s cannot be used: %s", files, e.getMessage());
        }
    }

    /**
     * Lets no connection in, closes those without a request, and gives the others {@code grace} to get their answers.
     *
     * @return whether all of them did
     */
    public boolean drain(Duration grace) throws InterruptedException {
        return connections.drain(grace);
    }

    /** Cuts what is left. */
    @Override
    public void close() {
        if (servers != null) {
            vertx.cancelTimer(reloads);
            servers.close();
        }
        threads.shutdown();
    }

    private Exchange exchange(HttpServerRequest request) {
        return new Exchange(request, connections.shownOn(request.connection()), ThreadLocalRandom.current());
    }

    private HttpServer server(int port) {
        return vertx.createHttpServer(options().setPort(port))
                .connectionHandler(connections::opened)
                .requestHandler(request -> requests.accept(exchange(request)))
                .invalidRequestHandler(request -> requests.acceptInvalid(exchange(request)))
                .exceptionHandler(_ -> {}); // a connection that breaks is no event: devices lose power and network
    }

    private HttpServerOptions options() {
        var limits = settings.limits();
        return new HttpServerOptions()
                .setHost(settings.host())
                .setAcceptBacklog(limits.handshakes().backlogMax())
                .setTcpNoDelay(true)
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUEST)
                .setSslEngineOptions(tls)
                .setKeyCertOptions(KeyCertOptions.wrap(new NoKeys()))
                .setEnabledSecureTransportProtocols(Set.copyOf(DeviceTls.PROTOCOLS))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(limits.handshakes().timeMax().toMillis())
                .setUseAlpn(false)
                .setMaxInitialLineLength(RequestLimits.LINE_BYTES_MAX)
                .setMaxHeaderSize(RequestLimits.HEADER_BYTES_MAX)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(limits.idleMax().toMillis()))
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
