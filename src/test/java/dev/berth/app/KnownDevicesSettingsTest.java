package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.provisioning.KnownDevices;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownDevicesSettingsTest {
    @Test
    void nobodyIsRememberedByDefault() {
        assertThat(limits(Map.of())).isEqualTo(KnownDevices.Limits.NONE);
    }

    @Test
    void howManyAndForHowLongIsTheOperators() {
        assertThat(limits(Map.of("count-max", "100000", "age-max", "PT1H")))
                .isEqualTo(new KnownDevices.Limits(100_000, Duration.ofHours(1)));
    }

    @Test
    void whatMakesNoSenseNamesItsSetting() {
        refused(Map.of("count-max", "-1"), "berth.known-devices.count-max");
        refused(Map.of("count-max", "10000001"), "berth.known-devices.count-max");
        refused(Map.of("age-max", "PT0S"), "berth.known-devices.age-max");
        refused(Map.of("age-max", "PT25H"), "berth.known-devices.age-max");
    }

    private static void refused(Map<String, String> settings, String named) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> limits(settings))
                .withMessageStartingWith(named);
    }

    private static KnownDevices.Limits limits(Map<String, String> settings) {
        var prefixed = new HashMap<String, String>();
        settings.forEach((name, value) -> prefixed.put("berth.known-devices." + name, value));
        return Settings.knownDevices(TestConfig.of(prefixed).knownDevices());
    }
}
