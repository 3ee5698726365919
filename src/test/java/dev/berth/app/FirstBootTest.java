package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.ServiceClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices boot for the first time, on the service as it is wired for production. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class FirstBootTest {
    private static final String ASSIGNED =
            "{\"status\": \"assigned\", \"assignedHub\": \"a.azure-devices.net\", \"deviceId\": \"%s\"}";
    private static final String FAILED = "{\"status\": \"failed\", \"errorCode\": 401002, \"errorMessage\": \"no\"}";

    private final ServiceClient admin = RunningService.admin();

    @Test
    void aDeviceIsToldWhereAndWhenToRegister() {
        var tenant = TestTenant.create(admin, "told").withInstance("eu1", 1_000);
        var before = Instant.now();

        var answer = ask(tenant.device("Told-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.text("action")).isEqualTo("register");
        assertThat(answer.text("registrationId")).isEqualTo("told-1");
        assertThat(answer.text("idScope")).isEqualTo(tenant.idScope("eu1"));
        assertThat(answer.text("globalEndpoint")).isEqualTo("global.azure-devices-provisioning.net");
        assertThat(answer.text("serviceEndpoint")).isEqualTo("eu1.azure-devices-provisioning.net");
        assertThat(registerAt(answer)).isBetween(before, before.plusSeconds(60));
        assertThat(answer.json().path("registerAfterSeconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(answer.json().path("registerWithinSeconds").asDouble()).isEqualTo(0.7);
        assertThat(answer.json().path("generation").asInt()).isEqualTo(1);
    }

    @Test
    void aDeviceThatAsksAgainIsToldTheSame() {
        var tenant = TestTenant.create(admin, "same").withInstance("eu1", 10);
        ask(tenant.device("same-1"));
        ask(tenant.device("same-2")); // the next slot is seconds away, so that its window cannot pass meanwhile
        var device = tenant.device("same-3");
        var first = ask(device);

        var second = ask(device);

        assertThat(registerAt(second)).isEqualTo(registerAt(first));
        assertThat(second.text("idScope")).isEqualTo(first.text("idScope"));
        assertThat(second.json().path("generation")).isEqualTo(first.json().path("generation"));
    }

    @Test
    void slotsOfOneInstanceAreAsFarApartAsItsLimitDemands() {
        var tenant = TestTenant.create(admin, "apart").withInstance("eu1", 100);
        var spacing = Duration.ofMillis(61_200).dividedBy(99);
        var slots = new ArrayList<Instant>();
        for (int i = 0; i < 5; i++) {
            slots.add(registerAt(ask(tenant.device("apart-" + i))));
        }

        assertThat(slots).isSorted();
        for (int i = 1; i < slots.size(); i++) {
            // the wire carries milliseconds
            assertThat(Duration.between(slots.get(i - 1), slots.get(i))).isGreaterThan(spacing.minusMillis(2));
        }
    }

    @Test
    void aRegisteredDeviceIsToldItsHubUntilTheHubRefusesIt() {
        var tenant = TestTenant.create(admin, "hub").withInstance("eu1", 1_000);
        var device = tenant.device("hub-1");
        ask(device);

        assertThat(report(device, ASSIGNED.formatted("hub-1")).status()).isEqualTo(204);

        var known = ask(device);
        assertThat(known.text("action")).isEqualTo("connect");
        assertThat(known.text("assignedHub")).isEqualTo("a.azure-devices.net");
        assertThat(known.text("deviceId")).isEqualTo("hub-1");
        assertThat(device.call("getIdScope", "/v1/id-scope?register=true").text("action"))
                .isEqualTo("register");
    }

    @Test
    void aDeviceThatFailedRegistersAgain() {
        var tenant = TestTenant.create(admin, "failed").withInstance("eu1", 1_000);
        var device = tenant.device("failed-1");
        ask(device);

        assertThat(report(device, FAILED).status()).isEqualTo(204);

        assertThat(tenant.administer("getDevice", "/devices/failed-1").text("state"))
                .isEqualTo("failed");
        assertThat(ask(device).text("action")).isEqualTo("register");
        assertThat(tenant.administer("getDevice", "/devices/failed-1").text("state"))
                .isEqualTo("told");
    }

    @Test
    void devicesAreListedByStateAndByInstance() {
        var tenant = TestTenant.create(admin, "list").withInstance("eu1", 1_000);
        var registered = tenant.device("list-1");
        ask(registered);
        report(registered, ASSIGNED.formatted("list-1"));
        ask(tenant.device("list-2"));

        assertThat(listed(tenant, "?state=registered")).containsExactly("list-1");
        assertThat(listed(tenant, "?state=told")).containsExactly("list-2");
        assertThat(listed(tenant, "?dpsInstance=eu1")).containsExactly("list-1", "list-2");
        assertThat(listed(tenant, "")).containsExactly("list-1", "list-2");
    }

    @Test
    void anInstanceWithDevicesIsNotDeleted() {
        var tenant = TestTenant.create(admin, "keep").withInstance("eu1", 1_000);
        ask(tenant.device("keep-1"));
        tenant.administer("deleteEnrollmentGroup", "/enrollment-groups/eu1-factory");

        assertThat(tenant.administer("deleteDpsInstance", "/dps-instances/eu1").problem())
                .isEqualTo("conflict");
    }

    @Test
    void aDeviceThatNoInstanceAcceptsComesBackLater() {
        var tenant = TestTenant.create(admin, "empty");

        var answer = ask(tenant.device("empty-1"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("pool-empty");
        assertThat(answer.header("retry-after")).isNotEmpty();
    }

    @Test
    void aDeviceOfAnUnknownAuthorityIsRefused() {
        var stranger = TestKeys.device(TestKeys.authority("Nobody"), "stranger");

        assertThat(ask(RunningService.device(stranger)).problem()).isEqualTo("certificate-untrusted");
    }

    @Test
    void anUnprovenAuthorityVouchesForNobody() {
        var tenant = TestTenant.create(admin, "unproven").withInstance("eu1", 1_000);
        var pending = TestKeys.authority("Pending");
        tenant.add("pending", pending);

        assertThat(ask(RunningService.device(TestKeys.device(pending, "pending-1")))
                        .problem())
                .isEqualTo("certificate-untrusted");
    }

    @Test
    void metricsShowWhatWasDone() throws IOException, InterruptedException {
        var tenant = TestTenant.create(admin, "measured").withInstance("eu1", 1_000);
        ask(tenant.device("measured-1"));
        ask(tenant.device("measured-2"));
        ask(RunningService.device(null));

        var metrics = RunningService.managed("/q/metrics").body();

        assertThat(metrics)
                .contains("berth_assignments_total{dps_instance=\"eu1\",tenant=\"measured\"} 2.0")
                .contains("berth_slots_given_total{dps_instance=\"eu1\",tenant=\"measured\"} 2.0")
                .containsPattern(
                        "berth_store_operations_seconds_count\\{operation=\"insert\",outcome=\"done\"\\} [1-9]")
                .containsPattern("berth_store_commits_seconds_count [1-9]")
                .containsPattern("berth_device_requests_at_once_max [1-9]")
                .containsPattern("berth_device_tls_engine\\{engine=\"(boringssl|jdk)\"\\} 1")
                .containsPattern("berth_device_handshakes_total\\{protocol=\"TLSv1.3\"\\} [1-9]")
                .containsPattern("berth_device_answers_seconds_count\\{problem=\"certificate-missing\","
                        + "route=\"/v1/id-scope\",status=\"401\"\\} [1-9]");
    }

    @Test
    void theServiceIsReadyAndAlive() throws IOException, InterruptedException {
        var ready = RunningService.managed("/q/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"phase\": \"serving\"").contains("\"store\": \"writable\"");
        assertThat(RunningService.managed("/q/health/live").statusCode()).isEqualTo(200);
    }

    private static Answer ask(ServiceClient device) {
        return device.call("getIdScope", "/v1/id-scope");
    }

    private static Answer report(ServiceClient device, String report) {
        return device.call("reportRegistration", "/v1/registrations/me/result", report);
    }

    private static Instant registerAt(Answer answer) {
        return Instant.parse(answer.text("registerAt"));
    }

    private static List<String> listed(TestTenant tenant, String query) {
        return tenant.administer("listDevices", "/devices" + query)
                .json()
                .path("value")
                .valueStream()
                .map(device -> device.path("registrationId").asText())
                .toList();
    }
}
