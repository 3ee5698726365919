package dev.berth.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a running emulator can be reached; what {@code emulator.json} says. An endpoint is a host and a port.
 *
 * @param deviceEndpoint of the device API over HTTPS and of MQTT over WebSocket
 * @param mqttEndpoint of MQTT over TLS
 * @param proxyEndpoint of the CONNECT proxy that leads to DPS's real names
 * @param adminUrl base of the admin API, without a slash at its end
 * @param caFile absolute path of the CA that devices have to trust, PEM
 */
public record EmulatorDescription(
        String deviceEndpoint,
        String mqttEndpoint,
        String proxyEndpoint,
        String adminUrl,
        Path caFile,
        List<Instance> instances) {
    /**
     * One instance.
     *
     * @param serviceEndpoint host and port of its service API
     */
    public record Instance(String name, String idScope, String serviceEndpoint, SharedAccessKey serviceKey) {
        /** The name it would have on the internet; leads to the emulator through the proxy. */
        public String realName() {
            return name + ".azure-devices-provisioning.net";
        }

        /** What service SDKs are given; holds the key. */
        public String serviceConnectionString() {
            return connectionString(serviceEndpoint);
        }

        /** The same for those that take no port, and go through the proxy. */
        public String serviceConnectionStringForProxy() {
            return connectionString(realName());
        }

        private String connectionString(String host) {
            return "HostName=" + host + ";SharedAccessKeyName=provisioningserviceowner;SharedAccessKey="
                    + serviceKey.base64();
        }
    }

    static EmulatorDescription of(EmulatorConfig config, Ports ports, List<Integer> servicePorts, Path caFile) {
        var deviceEndpoint = "localhost:" + ports.device();
        return new EmulatorDescription(
                deviceEndpoint,
                "localhost:" + ports.mqtt(),
                "localhost:" + ports.proxy(),
                "http://127.0.0.1:" + ports.admin(),
                caFile,
                IntStream.range(0, servicePorts.size())
                        .mapToObj(i -> instance(config.instances().get(i), servicePorts.get(i)))
                        .toList());
    }

    private static Instance instance(InstanceConfig config, int servicePort) {
        return new Instance(config.name(), config.idScope(), "localhost:" + servicePort, config.serviceKey());
    }

    /** The object of {@code emulator.json}, which a sandbox puts into its own file. */
    public ObjectNode json() {
        var json = Json.object()
                .put("deviceEndpoint", deviceEndpoint)
                .put("mqttEndpoint", mqttEndpoint)
                .put("mqttWebSocketEndpoint", deviceEndpoint)
                .put("proxyEndpoint", proxyEndpoint)
                .put("adminUrl", adminUrl)
                .put("caFile", caFile.toString());
        var array = json.putArray("instances");
        for (var instance : instances) {
            array.addObject()
                    .put("name", instance.name())
                    .put("idScope", instance.idScope())
                    .put("serviceEndpoint", instance.serviceEndpoint())
                    .put("serviceConnectionString", instance.serviceConnectionString())
                    .put("serviceConnectionStringForProxy", instance.serviceConnectionStringForProxy());
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
