package dev.berth.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.EmulatorDescription;
import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The service and the DPS emulator in this process, with keys of their own, set up through the public admin API: a tenant whose
 * devices may register at every emulated instance. It ends with the process.
 */
public final class Sandbox {
    static final String TENANT = "demo";
    private static final String TRUST_ANCHOR = "device-ca";
    private static final String FIRST_DEVICE = "sensor-1";
    private static final JsonMapper JSON = new JsonMapper();

    private final SandboxFiles files;
    private final SandboxPki pki;
    private final Emulator emulator;
    private final List<ServicePorts> replicas;
    private final Service service;

    private Sandbox(
            SandboxFiles files, SandboxPki pki, Emulator emulator, List<ServicePorts> replicas, Service service) {
        this.files = files;
        this.pki = pki;
        this.emulator = emulator;
        this.replicas = replicas;
        this.service = service;
    }

    /** Returns when all of it is set up and {@code sandbox.json} is written. */
    public static Sandbox start(Path directory, SandboxPlan plan)
            throws IOException, GeneralSecurityException, InterruptedException {
        var files = new SandboxFiles(directory);
        prepare(files);
        var pki = SandboxPki.fresh();
        pki.write(files);
        var emulator = Emulator.start(EmulatorConfig.of(plan.instances(), plan.limitPerMinute()), files.emulator());
        var dps = new DpsAccess(files, emulator.description());
        dps.write();
        var settings = new ServiceSettings(files, plan.store().open(files), dps.settings());
        var replicas = ServicePorts.free(plan.replicas());
        var service = Service.start(replicas.getFirst(), settings.of(replicas.getFirst(), 1), files.log(1));
        var sandbox = new Sandbox(files, pki, emulator, replicas, service);
        sandbox.setUp(plan.limitPerMinute());
        sandbox.startReplicas(settings);
        sandbox.equipDevice();
        sandbox.describe();
        return sandbox;
    }

    /** A store of another sandbox would name instances that are gone. */
    private static void prepare(SandboxFiles files) throws IOException {
        if (Files.exists(files.data())) {
            throw new IOException(files.directory() + " holds a sandbox already; name another directory");
        }
        Files.createDirectories(
                files.directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(files.description());
    }

    /** All at once, the first one excepted. */
    private void startReplicas(ServiceSettings settings) throws IOException, InterruptedException {
        var started = new ArrayList<Replica>();
        for (int replica = 2; replica <= replicas.size(); replica++) {
            var ports = replicas.get(replica - 1);
            started.add(Replica.start(ports, settings.of(ports, replica), files.settings(replica)));
        }
        for (var replica : started) {
            replica.awaitReady();
        }
    }

    /** Berth itself sees to it that the instances let the anchor's devices in. */
    private void setUp(int limitPerMinute) throws IOException, GeneralSecurityException, InterruptedException {
        var https = new HttpsCaller(trusting(pki.serverCa().certificate()).context(pki.admin()));
        var administration = new Administration(https, ports().adminUrl(), TENANT);
        administration.createTenant("Demo");
        administration.createTrustAnchor(
                TRUST_ANCHOR, PemFiles.pem(pki.deviceCa().certificate()), pki::proof);
        for (var instance : dps().instances()) {
            administration.createDpsInstance(instance, dps().deviceEndpoint(), limitPerMinute);
        }
        for (var instance : dps().instances()) {
            administration.awaitEnrollments(instance.name());
        }
    }

    /** What one device needs, for whoever tries things out. */
    private void equipDevice() throws IOException {
        SandboxPki.both(
                files.deviceCertificate(),
                files.deviceKey(),
                pki.devices(List.of(FIRST_DEVICE)).getFirst());
        PemFiles.writeCertificates(
                files.trusted(), List.of(pki.serverCa().certificate(), emulatorCa()), PemFiles.Existing.REPLACE);
    }

    private X509Certificate emulatorCa() throws IOException {
        return PemFiles.readCertificates(emulator.description().caFile()).getFirst();
    }

    /** Readers see the whole file or none. */
    private void describe() throws IOException {
        Path draft = Files.createTempFile(files.directory(), "sandbox", ".json");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json()));
        Files.move(draft, files.description(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private ObjectNode json() {
        var json = JSON.createObjectNode()
                .put("deviceUrl", ports().deviceUrl())
                .put("adminUrl", ports().adminUrl())
                .put("managementUrl", ports().managementUrl())
                .put("serverCaFile", files.serverCa().toString())
                .put("tenant", TENANT);
        json.putObject("admin")
                .put("certificateFile", files.adminCertificate().toString())
                .put("keyFile", files.adminKey().toString());
        json.putObject("deviceCa")
                .put("certificateFile", files.deviceCaCertificate().toString())
                .put("keyFile", files.deviceCaKey().toString());
        return json.set("emulator", emulator.description().json());
    }

    /** One line that says where everything is. */
    public String ready() {
        return "READY " + files.description() + "  try: " + new TryOut(this).askAsDevice();
    }

    /** Commands to try it out with, each after what it shows. */
    public String tryOut() {
        var tryOut = new TryOut(this);
        return """
            A device asks:
              %s
            The administrator looks at devices:
              %s
            What the emulator counted:
              %s
            """.formatted(tryOut.askAsDevice(), tryOut.listDevices(), tryOut.lookAtEmulator());
    }

    /** Waits until the service has ended, by itself or with the process. */
    public void awaitEnd() throws InterruptedException {
        service.awaitEnd();
    }

    ClientTls deviceTls() throws IOException, GeneralSecurityException {
        return trusting(pki.serverCa().certificate(), emulatorCa());
    }

    private static ClientTls trusting(X509Certificate... authorities) throws IOException, GeneralSecurityException {
        return new ClientTls(List.of(authorities));
    }

    SandboxFiles files() {
        return files;
    }

    SandboxPki pki() {
        return pki;
    }

    Emulator emulator() {
        return emulator;
    }

    /** Of the first replica. */
    ServicePorts ports() {
        return replicas.getFirst();
    }

    /** Where devices call: one address for each replica. */
    List<String> deviceUrls() {
        return replicas.stream().map(ServicePorts::deviceUrl).toList();
    }

    EmulatorDescription dps() {
        return emulator.description();
    }
}
