package dev.berth.emulator;

import dev.berth.emulator.admin.AdminApi;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.https.DeviceHandler;
import dev.berth.emulator.https.HttpsListener;
import dev.berth.emulator.https.ServerIdentity;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.InstanceReport;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.emulator.webhook.WebhookClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private final EmulatorDescription description;

    private Emulator(Vertx vertx, Instances instances, EmulatorDescription description) {
        this.vertx = vertx;
        this.instances = instances;
        this.description = description;
    }

    /**
     * Starts an emulator, and when it answers writes {@code ca.pem} and then {@code emulator.json} into the directory.
     *
     * @throws IOException if a port is taken or the directory cannot be written
     */
    public static Emulator start(EmulatorConfig config, Path directory) throws IOException {
        return start(config, directory, Ticker.system(), BodyReader.Limits.DPS);
    }

    public static Emulator start(EmulatorConfig config, Path directory, Ticker ticker, BodyReader.Limits limits)
            throws IOException {
        var identity = ServerIdentity.fresh(ticker.now());
        var caFile = Files.createDirectories(directory).toAbsolutePath().resolve("ca.pem");
        Files.writeString(caFile, Pem.of(identity.authority()));
        var vertx = Vertx.vertx(options());
        try {
            var instances = new Instances(config.instances(), ticker, new WebhookClient(vertx, config.webhooks()));
            var devices = new DeviceHandler(vertx, limits, new DeviceApi(instances), ticker);
            int devicePort = await(HttpsListener.listen(
                    vertx, HttpsListener.options(identity, config.tlsEngine(), config.devicePort()), devices));
            var admin = vertx.createHttpServer().requestHandler(new AdminApi(vertx, instances));
            int adminPort = await(admin.listen(config.adminPort(), HttpsListener.LOOPBACK))
                    .actualPort();
            var description = describe(config, "localhost:" + devicePort, adminPort, caFile);
            description.write(caFile.resolveSibling("emulator.json"));
            return new Emulator(vertx, instances, description);
        } catch (IOException | RuntimeException e) {
            await(vertx.close());
            throw e;
        }
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static EmulatorDescription describe(
            EmulatorConfig config, String deviceEndpoint, int adminPort, Path caFile) {
        return new EmulatorDescription(
                deviceEndpoint,
                "http://" + HttpsListener.LOOPBACK + ":" + adminPort,
                caFile,
                config.instances().stream()
                        .map(instance -> new EmulatorDescription.Instance(
                                instance.name(), instance.idScope(), deviceEndpoint, instance.serviceKey()))
                        .toList());
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
        var instance = instance(idScope);
        var json = JsonAt.root(group);
        instance.enrollments().put(instance.reader().group(json)).ifPresent(problem -> {
            throw json.invalid(problem);
        });
    }

    public EmulatedInstance instance(String idScope) {
        var instance = instances.find(idScope);
        if (instance == null) {
            throw new IllegalArgumentException("no instance has the ID scope " + idScope);
        }
        return instance;
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
    }
}
