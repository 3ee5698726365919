package dev.berth.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where a running emulator can be reached; what {@code emulator.json} says.
 *
 * @param deviceEndpoint host and port of the device API
 * @param adminUrl base of the admin API, without a slash at its end
 * @param caFile absolute path of the CA that devices have to trust, PEM
 */
public record EmulatorDescription(String deviceEndpoint, String adminUrl, Path caFile, List<Instance> instances) {
    /**
     * One instance.
     *
     * @param serviceEndpoint host and port of its service API
     */
    public record Instance(String name, String idScope, String serviceEndpoint, SharedAccessKey serviceKey) {
        /** What service SDKs are given; holds the key. */
        public String serviceConnectionString() {
            return "HostName=" + serviceEndpoint + ";SharedAccessKeyName=provisioningserviceowner;SharedAccessKey="
                    + serviceKey.base64();
        }
    }

    /** The object of {@code emulator.json}, which a sandbox puts into its own file. */
    public ObjectNode json() {
        var json = Json.object()
                .put("deviceEndpoint", deviceEndpoint)
                .put("adminUrl", adminUrl)
                .put("caFile", caFile.toString());
        var array = json.putArray("instances");
        for (var instance : instances) {
            array.addObject()
                    .put("name", instance.name())
                    .put("idScope", instance.idScope())
                    .put("serviceEndpoint", instance.serviceEndpoint())
                    .put("serviceConnectionString", instance.serviceConnectionString());
        }
        return json;
    }

    /** Readers see the whole file or none; only its owner can read it, because it holds keys. */
    void write(Path file) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        var draft = Files.createTempFile(directory, "emulator", ".json");
        try {
            Files.write(draft, Json.writePretty(json()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
