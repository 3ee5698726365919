package dev.berth.api.admin;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The admin listener alone, with an operator CA of its own, over a store in memory. */
public class AdminProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var config = new HashMap<String, String>();
        config.put("quarkus.arc.exclude-types", "dev.berth.app.*");
        config.put("berth.admin.certificate-file", TestPki.file("server.pem"));
        config.put("berth.admin.key-file", TestPki.file("server.key"));
        config.put("berth.admin.operator-ca-file", TestPki.file("operators.pem"));
        config.put("berth.admin.request-wait-max", "PT1S");
        config.put("berth.admin.host", "localhost");
        config.put("berth.admin.port", "0");
        config.put("berth.management.host", "localhost");
        config.put("berth.management.port", "0");
        config.put("quarkus.http.test-ssl-port", "0");
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        return config;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(InMemoryServices.class);
    }
}
