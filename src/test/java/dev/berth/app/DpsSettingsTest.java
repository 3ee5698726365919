package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dps.ServiceCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DpsSettingsTest {
    private static final String CREDENTIAL = "berth.dps.credentials.contoso-eu.";
    private static final String KEY = "c2VjcmV0";

    @Test
    void credentialsAreReadByNameAndToldApartFromTheirContents() {
        var credentials = credentials(Map.of(
                CREDENTIAL + "tenant",
                "contoso",
                CREDENTIAL + "primary",
                "HostName=eu.azure-devices-provisioning.net;SharedAccessKeyName=p;SharedAccessKey=" + KEY,
                CREDENTIAL + "secondary-file",
                "/nowhere/secondary"));

        assertThat(credentials.byName()).containsOnlyKeys("contoso-eu");
        assertThat(credentials.toString()).doesNotContain(KEY);
        assertThat(credentials.problems())
                .containsExactly(CREDENTIAL + "secondary: the file /nowhere/secondary cannot be read");
    }

    @Test
    void credentialsWithoutAKeyAreNamed() {
        assertThat(credentials(Map.of(CREDENTIAL + "tenant", "contoso")).problems())
                .containsExactly(CREDENTIAL + "primary: it is not set");
    }

    @Test
    void aKeyComesFromOnePlace() {
        assertThatThrownBy(() -> credentials(Map.of(
                        CREDENTIAL + "tenant",
                        "contoso",
                        CREDENTIAL + "primary",
                        KEY,
                        CREDENTIAL + "primary-file",
                        "/f")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("primary-file are both set")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void aTenantIsAName() {
        assertThatThrownBy(() -> credentials(Map.of(CREDENTIAL + "tenant", "Contoso Ltd.")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(CREDENTIAL + "tenant");
    }

    @Test
    void aProxyIsAHostWithAPort() {
        assertThat(DpsSettings.network(TestConfig.of(Map.of("berth.dps.proxy", "proxy.contoso.example:3128")))
                        .proxy())
                .hasValueSatisfying(proxy -> assertThat(proxy.getPort()).isEqualTo(3_128));
        for (var wrong : new String[] {"proxy", "proxy:0", "proxy:65536", "http://proxy:3128"}) {
            assertThatThrownBy(() -> DpsSettings.network(TestConfig.of(Map.of("berth.dps.proxy", wrong))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("berth.dps.proxy");
        }
    }

    private static ServiceCredentials credentials(Map<String, String> settings) {
        return DpsSettings.credentials(TestConfig.of(settings).dps());
    }
}
