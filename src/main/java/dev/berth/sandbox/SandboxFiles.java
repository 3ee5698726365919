package dev.berth.sandbox;

import java.nio.file.Path;

/** Where a sandbox keeps what; absolute paths. */
record SandboxFiles(Path directory) {
    SandboxFiles {
        directory = directory.toAbsolutePath().normalize();
    }

    Path serverCa() {
        return directory.resolve("server-ca.pem");
    }

    /** The CAs of service and emulator together: all that a device has to trust. */
    Path trusted() {
        return directory.resolve("ca.pem");
    }

    Path serverCertificate() {
        return directory.resolve("server.pem");
    }

    Path serverKey() {
        return directory.resolve("server.key");
    }

    Path operatorCa() {
        return directory.resolve("operator-ca.pem");
    }

    Path adminCertificate() {
        return directory.resolve("admin.pem");
    }

    Path adminKey() {
        return directory.resolve("admin.key");
    }

    Path deviceCaCertificate() {
        return directory.resolve("device-ca.pem");
    }

    Path deviceCaKey() {
        return directory.resolve("device-ca.key");
    }

    /** The certificate of a device for whoever tries things out. */
    Path deviceCertificate() {
        return directory.resolve("device.pem");
    }

    Path deviceKey() {
        return directory.resolve("device.key");
    }

    Path emulator() {
        return directory.resolve("emulator");
    }

    /** The connection string of a DPS instance, as an operator would mount it. */
    Path credential(String dpsInstance) {
        return directory.resolve(dpsInstance + ".credential");
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Of one replica; the first one has no number. */
    Path log(int replica) {
        return directory.resolve(replica == 1 ? "berth.log" : "berth-" + replica + ".log");
    }

    /** The settings of a replica that runs in a process of its own. */
    Path settings(int replica) {
        return directory.resolve("berth-" + replica + ".properties");
    }

    Path cosmosLog() {
        return directory.resolve("cosmos.log");
    }

    Path description() {
        return directory.resolve("sandbox.json");
    }
}
