package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that know DPS by its real names only reach the emulator through its proxy, and trust what it shows. */
class ProxyTest {
    @TempDir
    Path directory;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(1, 10), directory);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "dps-1"})
    void httpsGoesToTheRealNames(String name) throws Exception {
        var idScope = emulator.description().instances().getFirst().idScope();
        var uri = URI.create("https://" + name + ".azure-devices-provisioning.net/" + idScope
                + "/registrations/a/register?" + TestDevice.API_VERSION);
        try (var client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy()))
                .sslContext(trustOfTheJvm())
                .build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .PUT(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("\"errorCode\":401002");
        }
    }

    @Test
    void theConnectionStringForTheProxyHasTheRealName() {
        var instance = emulator.description().json().at("/instances/0");
        assertThat(instance.path("serviceConnectionStringForProxy").asText())
                .isEqualTo(instance.path("serviceConnectionString")
                        .asText()
                        .replaceFirst("HostName=[^;]+", "HostName=dps-1.azure-devices-provisioning.net"));
    }

    private InetSocketAddress proxy() {
        var endpoint = emulator.description().proxyEndpoint().split(":", 2);
        return new InetSocketAddress(endpoint[0], Integer.parseInt(endpoint[1]));
    }

    /** As a JVM makes it of {@code -Djavax.net.ssl.trustStore=ca.p12} alone. */
    private SSLContext trustOfTheJvm() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (var in = Files.newInputStream(directory.resolve("ca.p12"))) {
            store.load(in, null);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
