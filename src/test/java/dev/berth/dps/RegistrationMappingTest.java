package dev.berth.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import dev.berth.enrollment.RemoteRegistration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class RegistrationMappingTest {
    private static final Instant CREATED = Instant.parse("2026-11-26T08:00:00.1234567Z");

    /** The client reads lists so, and then knows no times. */
    @Test
    void aRegistrationOfAListHasItsTimesToTheLastDigit() {
        var listed = listed("\"createdDateTimeUtc\":\"2026-11-26T08:00:00.1234567Z\","
                + "\"lastUpdatedDateTimeUtc\":\"2026-11-26T09:00:00Z\"");

        assertThat(listed.createdAt()).isEqualTo(CREATED);
        assertThat(listed.updatedAt()).isEqualTo(Instant.parse("2026-11-26T09:00:00Z"));
    }

    @Test
    void aSingleRegistrationHasThemToTheMillisecond() {
        var single = RegistrationMapping.read(new DeviceRegistrationState("{\"registrationId\":\"a\","
                + "\"status\":\"assigned\",\"createdDateTimeUtc\":\"2026-11-26T08:00:00.1234567Z\"}"));

        assertThat(single.createdAt()).isEqualTo(CREATED.truncatedTo(ChronoUnit.MILLIS));
        assertThat(single.updatedAt()).isNull();
    }

    @Test
    void aTimeThatIsNoneIsNone() {
        assertThat(listed("\"createdDateTimeUtc\":\"yesterday\"").createdAt()).isNull();
        assertThat(listed("\"createdDateTimeUtc\":null").createdAt()).isNull();
    }

    private static RemoteRegistration listed(String members) {
        var json = "{\"registrationId\":\"a\",\"status\":\"assigned\"," + members + "}";
        return RegistrationMapping.read(new Gson().fromJson(json, DeviceRegistrationState.class));
    }
}
