package dev.berth.emulator;

import dev.berth.emulator.admin.AdminApi;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.https.DeviceHandler;
import dev.berth.emulator.https.HttpsListener;
import dev.berth.emulator.https.InstanceHandler;
import dev.berth.emulator.https.ServerIdentity;
import dev.berth.emulator.https.TlsListener;
import dev.berth.emulator.https.TrustStore;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.InstanceReport;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.mqtt.MqttLimits;
import dev.berth.emulator.mqtt.MqttServer;
import dev.berth.emulator.mqtt.WebSocketUpgrade;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.emulator.proxy.ConnectProxy;
import dev.berth.emulator.state.StateFile;
import dev.berth.emulator.state.StateIdentities;
import dev.berth.emulator.webhook.WebhookClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running emulator of the Device Provisioning Service: many instances behind one device listener. It listens on
 * loopback only, keeps everything in memory, and makes itself a new CA at each start.
 */
public final class Emulator implements AutoCloseable {
    private static final int START_SECONDS_MAX = 30;

    private final Vertx vertx;
    private final Instances instances;
    private final ConnectProxy proxy;
    private final EmulatorDescription description;

    private Emulator(Vertx vertx, Instances instances, ConnectProxy proxy, EmulatorDescription description) {
        this.vertx = vertx;
        this.instances = instances;
        this.proxy = proxy;
        this.description = description;
    }

    /**
     * Starts an emulator, and when it answers writes {@code ca.pem}, {@code ca.p12} and then {@code emulator.json} into the directory.
     *
     * @throws IOException if a port is taken or the directory cannot be written
     */
    public static Emulator start(EmulatorConfig config, Path directory) throws IOException {
        return start(config, directory, Ticker.system(), BodyReader.Limits.DPS);
    }

    /**
     * The same with the state that a former emulator has saved; instances of the same names are known by what they were.
     *
     * @throws InvalidConfigException naming what is wrong with the state
     */
    public static Emulator resume(EmulatorConfig config, Path directory, Path state) throws IOException {
        var identified = config.withIdentities(StateIdentities.read(state));
        return start(identified, directory, Ticker.system(), BodyReader.Limits.DPS, Optional.of(state));
    }

    public static Emulator start(EmulatorConfig config, Path directory, Ticker ticker, BodyReader.Limits limits)
            throws IOException {
        return start(config, directory, ticker, limits, Optional.empty());
    }

    private static Emulator start(
            EmulatorConfig config, Path directory, Ticker ticker, BodyReader.Limits limits, Optional<Path> state)
            throws IOException {
        var identity = ServerIdentity.fresh(ticker.now());
        var caFile = writeAuthority(identity, directory);
        var vertx = Vertx.vertx(options());
        try {
            var instances = new Instances(config.instances(), ticker, new WebhookClient(vertx, config.webhooks()));
            if (state.isPresent()) {
                instances.replace(StateFile.read(
                        state.get(), StateFile.BYTES_MAX, instances, StateFile.byIdScopeOrName(instances)));
            }
            var api = new DeviceApi(instances);
            var mqtt = new MqttServer(vertx, api, ticker, MqttLimits.DEFAULT);
            var https = new InstanceHandler(
                    vertx, limits, instances, new DeviceHandler(vertx, limits, api, ticker), ticker);
            int devicePort = await(HttpsListener.listen(
                    vertx,
                    https(identity, config, config.ports().device()),
                    new WebSocketUpgrade(mqtt, https.shared())));
            int mqttPort = await(mqtt.listen(TlsListener.options(
                    new NetServerOptions(),
                    identity,
                    config.tlsEngine(),
                    config.ports().mqtt())));
            var servicePorts = await(Future.all(instances.all().stream()
                            .map(instance -> HttpsListener.listenAlone(
                                    vertx,
                                    https(
                                            identity,
                                            config,
                                            instance.config().serviceAccess().port()),
                                    new WebSocketUpgrade(mqtt, https.only(instance))))
                            .toList()))
                    .<Integer>list();
            var admin = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .requestHandler(new AdminApi(vertx, instances));
            int adminPort = await(admin.listen(config.ports().admin(), HttpsListener.LOOPBACK))
                    .actualPort();
            var proxy = ConnectProxy.listen(
                    config.ports().proxy(), Map.of(443, devicePort, 8883, mqttPort), ConnectProxy.Limits.DEFAULT);
            var ports = new Ports(devicePort, adminPort, mqttPort, proxy.port());
            var description = EmulatorDescription.of(config, ports, servicePorts, caFile);
            description.write(caFile.resolveSibling("emulator.json"));
            return new Emulator(vertx, instances, proxy, description);
        } catch (IOException | RuntimeException e) {
            await(vertx.close());
            throw e;
        }
    }

    private static HttpServerOptions https(ServerIdentity identity, EmulatorConfig config, int port) {
        return HttpsListener.options(identity, config.tlsEngine(), port)
                .setWebSocketSubProtocols(WebSocketUpgrade.SUB_PROTOCOLS);
    }

    /** The CA as devices take it, and beside it as JVMs do. */
    private static Path writeAuthority(ServerIdentity identity, Path directory) throws IOException {
        var caFile = Files.createDirectories(directory).toAbsolutePath().resolve("ca.pem");
        Files.writeString(caFile, Pem.of(identity.authority()));
        Files.write(caFile.resolveSibling("ca.p12"), TrustStore.of("dps-emulator", identity.authority()));
        return caFile;
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the emulator cannot start or stop: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the emulator did not start or stop within " + START_SECONDS_MAX + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the emulator started or stopped", e);
        }
    }

    /** Where it can be reached. */
    public EmulatorDescription description() {
        return description;
    }

    /** What one instance has counted. */
    public InstanceReport report(String idScope) {
        return instance(idScope).report();
    }

    /** What all instances have counted, in the order of the configuration. */
    public List<InstanceReport> reports() {
        return instances.all().stream().map(EmulatedInstance::report).toList();
    }

    /**
     * Lets every device below a CA register at an instance.
     *
     * @throws InvalidConfigException if another enrollment uses the certificate
     */
    public void addEnrollmentGroup(String idScope, String enrollmentGroupId, String caPem) {
        var group = Json.object().put("enrollmentGroupId", enrollmentGroupId);
        group.putObject("attestation")
                .put("type", "x509")
                .putObject("x509")
                .putObject("signingCertificates")
                .putObject("primary")
                .put("certificate", caPem);
        var json = JsonAt.root(group);
        if (instance(idScope).register().put(EnrollmentKind.GROUP, json)
                instanceof Decision.Refused<?>(var error, var detail)) {
            throw json.invalid(error.message + ' ' + detail);
        }
    }

    public EmulatedInstance instance(String idScope) {
        var instance = instances.find(idScope);
        if (instance == null) {
            throw new IllegalArgumentException("no instance has the ID scope " + idScope);
        }
        return instance;
    }

    /** Writes down all that it holds, keys included; also after it was closed. */
    public void save(Path state) throws IOException {
        StateFile.write(instances, state);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        await(vertx.close());
    }
}
