package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Adding a DPS instance that Berth manages, on the service as it is wired for production. */
@QuarkusTest
@TestProfile(ManagedProfile.class)
class ManagedInstanceTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final String INSTANCE = "/dps-instances/" + EmulatedDps.INSTANCE;

    private final ServiceClient admin = RunningService.admin();

    @Test
    void takesOneRequestAndThenItsDevicesAreSentThere() throws IOException, InterruptedException {
        var tenant = TestTenant.create(admin, EmulatedDps.TENANT);
        var idScope = ConfigProvider.getConfig().getValue(EmulatedDps.ID_SCOPE, String.class);
        var device = tenant.device("managed-1");

        var made = admin.call("putDpsInstance", "/v1/tenants/" + EmulatedDps.TENANT + INSTANCE, """
                {"idScope": "%s", "serviceEndpoint": "%s.azure-devices-provisioning.net",
                 "serviceCredentials": "%s", "enrollmentPolicy": "managed"}
                """.formatted(
                        idScope, EmulatedDps.INSTANCE, EmulatedDps.INSTANCE));

        assertThat(made.status()).isEqualTo(201);
        await(
                () -> tenant.administer("getEnrollmentSync", INSTANCE + "/enrollment-sync"),
                answer -> answer.json().at("/groups/0/state").asText().equals("standing"));
        await(
                () -> device.call("getIdScope", "/v1/id-scope"),
                answer -> answer.text("idScope").equals(idScope));
        assertThat(tenant.administer("runEnrollmentSync", INSTANCE + "/enrollment-sync")
                        .status())
                .isEqualTo(202);
        assertThat(RunningService.managed("/q/metrics").body())
                .contains("berth_enrollment_groups{state=\"standing\"} 1.0")
                .contains("berth_enrollment_groups_written_total{dps_instance=\"dps-1\",tenant=\"managed\"} 1.0")
                .contains("berth_dps_operations_total{dps_instance=\"dps-1\",outcome=\"done\",tenant=\"managed\"}")
                .doesNotContain("ft_");
    }

    /** A call of the service. */
    private interface Call {
        ServiceClient.Answer answer();
    }

    private static void await(Call call, Predicate<ServiceClient.Answer> expected) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        var answer = call.answer();
        while (!expected.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + WAIT_MAX + ": " + answer.json());
            }
            answer = call.answer();
        }
    }
}
