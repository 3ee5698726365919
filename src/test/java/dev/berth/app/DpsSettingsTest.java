package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dps.FenceSettings;
import dev.berth.dps.ServiceCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void howRequestsAreGuardedIsTheOperatorsAndByDefaultAsEver() {
        assertThat(DpsSettings.fence(TestConfig.of(Map.of()).dps())).isEqualTo(FenceSettings.DEFAULT);
        var config = TestConfig.of(Map.of("berth.dps.requests-in-flight-max", "8", "berth.dps.break-for", "PT1M"));
        assertThat(DpsSettings.fence(config.dps()).callsMax()).isEqualTo(8);
        assertThat(DpsSettings.fence(config.dps()).breakFor()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "request-time-max, PT0S",
        "requests-in-flight-max, 0",
        "requests-waiting-max, 0",
        "retries-max, -1",
        "retry-delay, PT1M",
        "break-after, 1",
        "break-for, PT0S"
    })
    void aLimitThatMakesNoSenseNamesItself(String setting, String value) {
        var config = TestConfig.of(Map.of("berth.dps." + setting, value)).dps();
        assertThatThrownBy(() -> DpsSettings.fence(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("berth.dps." + setting);
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
