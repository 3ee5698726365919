package dev.berth.api.admin;

import dev.berth.identity.TenantId;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.OperatorRole;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service with an operator CA of its own, over a store in memory. */
public class AdminProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var config = new HashMap<String, String>();
        config.put("berth.admin.certificate-file", TestPki.SERVER_CERTIFICATE);
        config.put("berth.admin.key-file", TestPki.SERVER_KEY);
        config.put("berth.admin.operator-ca-file", TestPki.OPERATOR_CA);
        config.put("berth.admin.port", "0");
        config.put("berth.admin.request-wait-max", "PT1S");
        config.put("berth.device.certificate-file", TestPki.SERVER_CERTIFICATE);
        config.put("berth.device.key-file", TestPki.SERVER_KEY);
        config.put("berth.device.port", "0");
        config.put("berth.management.port", "0");
        config.put("berth.store.directory", TestPki.DIRECTORY + "/store");
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
