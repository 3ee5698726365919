package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.instance.Places;
import dev.berth.emulator.instance.Quotas;
import dev.berth.emulator.instance.WindowKind;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.protocol.Caps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration file says, and what is said of a bad one. */
class EmulatorConfigTest {
    private static final String CA = TestPki.root("Root").pem().replace("\n", "\\n");
    private static final String DEVICE =
            TestPki.root("Root").device("device").pem().replace("\n", "\\n");

    @TempDir
    Path directory;

    @Test
    void whatIsLeftOutHasTheDefaultsOfDps() throws IOException {
        var instance = read("{'instances': [{}]}").instances().getFirst();
        assertThat(instance.name()).isEqualTo("dps-1");
        assertThat(instance.idScope()).matches("0ne[0-9A-F]{8}");
        assertThat(instance.allocation().hubs()).hasSize(2);
        assertThat(instance.quotas()).isEqualTo(new Quotas(1_000, 1_000, 5, 1_000_000, WindowKind.SLIDING, true));
        assertThat(instance.quotas().caps()).isEqualTo(new Caps(100, 100, 1_000_000, 25, 50, 10, 98_304, 1_000));
        assertThat(instance.times().retryAfterSeconds()).isEqualTo(3);
        assertThat(instance.times().assignDelay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everySettingIsTaken() throws IOException {
        var config = read("""
                {'devicePort': 8443, 'adminPort': 8444, 'mqttPort': 8883, 'proxyPort': 8446, 'tlsEngine': 'jdk', 'instances': [{
                  'name': 'factory', 'idScope': '0ne00FACADE', 'serviceKey': 'c2VjcmV0', 'retryAfterSeconds': 2, 'assignDelayMillis': 0,
                  'hubs': ['east', {'hostName': 'west.example.net', 'allocationWeight': 7, 'applyAllocationPolicy': false}],
                  'quotas': {'registrationsPerMinute': 10, 'operationsPerMinute': 20, 'pollsPer10Seconds': 30, 'registrationsMax': 40, 'window': 'bucket', 'lookupsCountAsRegistrations': false},
                  'certificateAuthorities': [{'name': 'ca', 'certificate': 'CA'}],
                  'enrollmentGroups': [{'enrollmentGroupId': 'fleet', 'provisioningStatus': 'disabled', 'allocationPolicy': 'geoLatency', 'initialTwin': {'tags': {}},
                    'attestation': {'type': 'x509', 'x509': {'caReferences': {'primary': 'ca', 'secondary': null}}}}],
                  'enrollments': [{'registrationId': 'device', 'deviceId': 'pump', 'iotHubHostName': 'east.azure-devices.net',
                    'reprovisionPolicy': {'updateHubAssignment': false, 'migrateDeviceData': false},
                    'attestation': {'type': 'x509', 'x509': {'clientCertificates': {'primary': {'certificate': 'DEVICE'}}}}}]
                }]}""");
        assertThat(config.ports()).isEqualTo(new Ports(8443, 8444, 8883, 8446));
        assertThat(config.tlsEngine()).isEqualTo(TlsEngine.JDK);
        var instance = config.instances().getFirst();
        assertThat(instance.name()).isEqualTo("factory");
        assertThat(instance.idScope()).isEqualTo("0ne00FACADE");
        assertThat(instance.serviceKey().base64()).isEqualTo("c2VjcmV0");
        assertThat(instance.allocation().hubs())
                .containsExactly(
                        new IotHub("east.azure-devices.net", 1, true), new IotHub("west.example.net", 7, false));
        assertThat(instance.quotas()).isEqualTo(new Quotas(10, 20, 30, 40, WindowKind.BUCKET, false));
        assertThat(instance.enrollments().documents()).hasSize(2);
        var group = instance.enrollments().documents().getFirst().enrollment();
        assertThat(group.settings().enabled()).isFalse();
        assertThat(group.settings().allocationPolicy()).isEqualTo(AllocationPolicy.GEO_LATENCY);
        assertThat(((Enrollment.Individual)
                                instance.enrollments().documents().getLast().enrollment())
                        .deviceId())
                .isEqualTo("pump");
    }

    @Test
    void allocationIsTaken() throws IOException {
        var config = read("""
                {'webhooks': {'timeoutMillis': 700, 'callsMax': 9}, 'instances': [{
                  'allocationPolicy': 'geoLatency', 'places': [{'registrationIds': 'eu-*', 'place': 'europe'}],
                  'hubs': [{'hostName': 'east', 'latencyMillis': {'Europe': 90}}],
                  'enrollments': [{'registrationId': 'device', 'allocationPolicy': 'custom',
                    'customAllocationDefinition': {'webhookUrl': 'http://127.0.0.1:7071/api?code=c2VjcmV0', 'apiVersion': '2021-10-01'},
                    'attestation': {'type': 'symmetricKey'}}]}]}""");
        assertThat(config.webhooks().timeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(config.webhooks().callsMax()).isEqualTo(9);
        var instance = config.instances().getFirst();
        assertThat(instance.allocation().policy()).isEqualTo(AllocationPolicy.GEO_LATENCY);
        assertThat(instance.allocation().places().rules()).containsExactly(new Places.Rule("eu-*", "europe"));
        assertThat(instance.allocation().hubs().getFirst().latencyMillis()).containsEntry("europe", 90);
        var settings =
                instance.enrollments().documents().getFirst().enrollment().settings();
        assertThat(settings.allocationPolicy()).isEqualTo(AllocationPolicy.CUSTOM);
        assertThat(settings.reprovisionPolicy()).isNull();
        assertThat(config.toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void faultsAndTheirSeedAreTaken() throws IOException {
        var config = read("{'seed': 7, 'instances': [{'faults': [{'kind': 'latency'}]}, {}]}");
        assertThat(config.instances().getFirst().faults().faults()).hasSize(1);
        assertThat(config.instances())
                .allSatisfy(instance -> assertThat(instance.faults().seed()).isEqualTo(7));
        assertThat(config.withSeed(8).instances().getFirst().faults().seed()).isEqualTo(8);
        assertThat(config.withSeed(8).webhooks()).isEqualTo(config.webhooks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                    | /instances",
                "{'instances': [], 'more': 1}                          | /more",
                "{'instances': [{'quota': {}}]}                        | /instances/0/quota",
                "{'instances': [{'name': 'a b'}]}                      | /instances/0/name",
                "{'instances': [{}, {'idScope': ''}]}                  | /instances/1/idScope",
                "{'instances': [{'name': 'a'}, {'name': 'a'}]}         | /instances/1/name",
                "{'instances': [{'serviceKey': '?'}]}                  | /instances/0/serviceKey",
                "{'instances': [{'quotas': {'window': 'sometimes'}}]}  | /instances/0/quotas/window",
                "{'instances': [{'quotas': {'registrationsPerMinute': 0}}]} | /instances/0/quotas/registrationsPerMinute",
                "{'instances': [{'hubs': [{'hostName': 'a', 'allocationWeight': 1001}]}]} | /instances/0/hubs/0/allocationWeight",
                "{'instances': [{'quotas': {'bulkMax': 0}}]}           | /instances/0/quotas/bulkMax",
                "{'instances': [{'quotas': {'linkedHubsMax': 1}, 'hubs': ['a', 'b']}]} | /instances/0/hubs",
                "{'instances': [{'name': 'a'}, {'name': 'A'}]}         | /instances/1/name",
                "{'instances': [{'servicePort': 65536}]}               | /instances/0/servicePort",
                "{'instances': [{'sharedAccessPolicies': [{}]}]}       | /instances/0/sharedAccessPolicies/0/name",
                "{'instances': [{'sharedAccessPolicies': [{'name': 'a'}]}]} | /instances/0/sharedAccessPolicies/0/key",
                "{'instances': [{'sharedAccessPolicies': [{'name': 'a', 'key': 'YQ=='}]}]} | /instances/0/sharedAccessPolicies/0/permissions",
                "{'instances': [{'sharedAccessPolicies': [{'name': 'a', 'key': 'YQ==', 'permissions': ['Everything']}]}]} | /instances/0/sharedAccessPolicies/0/permissions/0",
                "{'instances': [{'sharedAccessPolicies': [POLICY, POLICY]}]} | /instances/0/sharedAccessPolicies/1/name",
                "{'instances': [{'enrollmentGroups': [{}]}]}           | /instances/0/enrollmentGroups/0/enrollmentGroupId",
                "{'instances': [{'enrollmentGroups': [{'enrollmentGroupId': 'g', 'attestation': {'type': 'x509', 'x509': {'caReferences': {'primary': 'x'}}}}]}]} | /instances/0/enrollmentGroups/0/attestation/x509/caReferences/primary",
                "{'instances': [{'enrollmentGroups': [{'enrollmentGroupId': 'g', 'attestation': {'type': 'x509', 'x509': {'signingCertificates': {'primary': {'certificate': 'DEVICE'}}}}}]}]} | /instances/0/enrollmentGroups/0/attestation/x509/signingCertificates",
                "{'instances': [{'enrollments': [{'registrationId': 'a b'}]}]} | /instances/0/enrollments/0/registrationId",
                "{'instances': [{'enrollmentGroups': [GROUP, GROUP]}]} | /instances/0/enrollmentGroups/1",
                "{'instances': [{}], 'seed': 'x'}                      | /seed",
                "{'instances': [{'faults': [{'kind': 'odd'}]}]}        | /instances/0/faults/0/kind",
                "{'instances': [{'faults': [{'kind': 'hang'}, {'kind': 'hang'}]}]} | /instances/0/faults/1/kind",
                "{'instances': [{'allocationPolicy': 'custom'}]}       | /instances/0/allocationPolicy",
                "{'instances': [{'places': [{'place': 'x'}]}]}         | /instances/0/places/0/registrationIds",
                "{'instances': [{'hubs': [{'hostName': 'a', 'latencyMillis': {'eu': -1}}]}]} | /instances/0/hubs/0/latencyMillis/eu",
                "{'instances': [{}], 'webhooks': {'timeoutMillis': 0}} | /webhooks/timeoutMillis",
                "{'instances': [{}], 'webhooks': {'caFile': '/none'}}  | /webhooks/caFile",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom'}]}]} | /instances/0/enrollments/0/customAllocationDefinition",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'http://example.net/a', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'ftp://127.0.0.1/a', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'a b', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'https:///a', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'https://user@example.net/a', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'http://127.0.0.1.example.net/', 'apiVersion': '2021-10-01'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/webhookUrl",
                "{'instances': [{'enrollments': [{'registrationId': 'd', 'attestation': {'type': 'symmetricKey'}, 'allocationPolicy': 'custom', 'customAllocationDefinition': {'webhookUrl': 'https://example.net/', 'apiVersion': '2017-11-15'}}]}]} | /instances/0/enrollments/0/customAllocationDefinition/apiVersion",
            })
    void aMistakeIsNamedByItsPointer(String json, String pointer) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.pointer()).isEqualTo(pointer))
                .hasMessageStartingWith(pointer + ": ");
    }

    @Test
    void morePlacesThanTheMaximumAreRefused() {
        var rule = "{'registrationIds': '*', 'place': 'europe'}";
        var rules = String.join(",", Collections.nCopies(Places.RULES_MAX + 1, rule));
        assertThatThrownBy(() -> read("{'instances': [{'places': [%s]}]}".formatted(rules)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("/instances/0/places: ");
    }

    @Test
    void whatIsNoJsonIsNamedByItsLine() {
        assertThatThrownBy(() -> read("{\n'instances': ["))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void keysDoNotShowInText() throws IOException {
        assertThat(read("{'instances': [{'serviceKey': 'c2VjcmV0'}]}").toString())
                .doesNotContain("c2VjcmV0");
    }

    private EmulatorConfig read(String json) throws IOException {
        var group =
                "{'enrollmentGroupId': 'g%d', 'attestation': {'type': 'x509', 'x509': {'signingCertificates': {'primary': {'certificate': 'CA'}}}}}";
        var text = json.replaceFirst("GROUP", group.formatted(1))
                .replaceFirst("GROUP", group.formatted(2))
                .replace("POLICY", "{'name': 'a', 'key': 'YQ==', 'permissions': ['EnrollmentRead']}")
                .replace("'DEVICE'", '"' + DEVICE + '"')
                .replace("'CA'", '"' + CA + '"')
                .replace('\'', '"');
        return EmulatorConfig.read(Files.writeString(directory.resolve("config.json"), text));
    }
}
