package dev.berth.app;

import dev.berth.pki.CertifiedKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Where the three listeners of the service under test are. */
final class RunningService {
    static final TestKeys KEYS = new TestKeys(Path.of(setting(ServiceFiles.DIRECTORY)));

    private RunningService() {}

    static ServiceClient admin() {
        return new ServiceClient("https://localhost:" + setting("quarkus.http.test-ssl-port"), KEYS, KEYS.admin());
    }

    static ServiceClient device(@Nullable CertifiedKey credential) {
        return new ServiceClient("https://localhost:" + setting("berth.device.port"), KEYS, credential);
    }

    /** A page of the management listener. */
    static HttpResponse<String> managed(String path) throws IOException, InterruptedException {
        var address = URI.create("http://localhost:" + setting("quarkus.management.test-port") + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
