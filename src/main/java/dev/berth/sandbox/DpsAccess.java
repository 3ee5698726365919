package dev.berth.sandbox;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * How the service reaches the service API of the emulated instances: through the emulator's proxy, because the official client knows DPS
 * by its real names only, with one file of credentials for each instance.
 */
record DpsAccess(SandboxFiles files, EmulatorDescription dps) {

    /** Writes what {@link #settings} refers to; only their owner can read the files. */
    void write() throws IOException {
        for (var instance : dps.instances()) {
            Path file = files.credential(instance.name());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, instance.serviceConnectionStringForProxy());
        }
    }

    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("berth.dps.proxy", dps.proxyEndpoint());
        settings.put("berth.dps.ca-file", dps.caFile().toString());
        for (var instance : dps.instances()) {
            String credential = "berth.dps.credentials." + instance.name();
            settings.put(credential + ".tenant", Sandbox.TENANT);
            settings.put(
                    credential + ".primary-file",
                    files.credential(instance.name()).toString());
        }
        return settings;
    }
}
