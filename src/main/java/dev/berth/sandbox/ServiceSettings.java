package dev.berth.sandbox;

import java.util.HashMap;
import java.util.Map;

/** What a service of a sandbox is told: the keys and the store are the same for all, ports and log its own. */
record ServiceSettings(SandboxFiles files, Map<String, String> store, Map<String, String> dps) {

    Map<String, String> of(ServicePorts ports, int replica) {
        var settings = new HashMap<String, String>();
        settings.putAll(store);
        settings.putAll(dps);
        settings.putAll(listeners(ports));
        settings.put("berth.inventory.loopback-endpoints", "true");
        settings.put("quarkus.log.console.enabled", "false");
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.file.path", files.log(replica).toString());
        return settings;
    }

    private Map<String, String> listeners(ServicePorts ports) {
        return Map.ofEntries(
                Map.entry("berth.device.host", "127.0.0.1"),
                Map.entry("berth.device.port", String.valueOf(ports.device())),
                Map.entry(
                        "berth.device.certificate-file",
                        files.serverCertificate().toString()),
                Map.entry("berth.device.key-file", files.serverKey().toString()),
                Map.entry("berth.admin.host", "127.0.0.1"),
                Map.entry("berth.admin.port", String.valueOf(ports.admin())),
                Map.entry(
                        "berth.admin.certificate-file",
                        files.serverCertificate().toString()),
                Map.entry("berth.admin.key-file", files.serverKey().toString()),
                Map.entry("berth.admin.operator-ca-file", files.operatorCa().toString()),
                Map.entry("berth.management.host", "127.0.0.1"),
                Map.entry("berth.management.port", String.valueOf(ports.management())));
    }
}
