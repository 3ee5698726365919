package dev.berth.emulator.instance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.DeviceChain;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.enrollment.ReprovisionPolicy;
import dev.berth.emulator.enrollment.Webhook;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hubs, twins and payloads by every policy, on a clock that the test turns and with a webhook that it speaks for. */
class AllocationTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final TestPki.Entity DEVICE = ROOT.device("Pump-7");
    private static final Evidence EVIDENCE = Evidence.of(DeviceChain.of(DEVICE.chain()));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ONE = "one.azure-devices.net";
    private static final String TWO = "two.azure-devices.net";
    private static final ReprovisionPolicy MIGRATE = new ReprovisionPolicy(true, true);
    private static final ReprovisionPolicy RESET = new ReprovisionPolicy(true, false);
    private static final ReprovisionPolicy NEVER = new ReprovisionPolicy(false, false);

    private final TurnedClock clock = new TurnedClock();
    private final ArrayDeque<Call> calls = new ArrayDeque<>();

    private record Call(JsonNode request, Consumer<CustomAllocation.Reply> reply) {
        void answers(int status, String body) {
            reply.accept(new CustomAllocation.Reply.Answered(
                    status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void staticTakesTheFirstHubThatTheEnrollmentNames() {
        var named = List.of(ONE, TWO);
        for (var order : List.of(named, named.reversed())) {
            var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
            enroll(instance, AllocationPolicy.STATIC, MIGRATE, null, order.getFirst(), order.getLast());
            assertThat(assigned(instance).hub()).isEqualTo(order.getFirst());
        }
    }

    @Test
    void anEnrollmentWithoutAPolicyHasThatOfItsInstance() {
        var hubs = List.of(IotHub.of("one"), IotHub.of("two"));
        var instance = instance(new AllocationSettings(hubs, AllocationPolicy.STATIC, Places.NOWHERE));
        enroll(instance, null, MIGRATE, null, "two");
        assertThat(assigned(instance).hub()).isEqualTo(TWO);
    }

    @Test
    void geoLatencyTakesTheHubNearestToTheDevicesPlace() {
        var near = Map.of("europe", 10, "america", 90);
        var far = Map.of("europe", 80, "america", 20);
        var instance = instance(List.of(new IotHub(ONE, 1, true, near), new IotHub(TWO, 1, true, far)));
        enroll(instance, AllocationPolicy.GEO_LATENCY, MIGRATE, null);
        instance.places(new Places(List.of(new Places.Rule("pump-*", "Europe"), new Places.Rule("*", "america"))));
        assertThat(assigned(instance).hub()).isEqualTo(ONE);
        instance.places(new Places(List.of(new Places.Rule("*", "america"))));
        assertThat(assigned(instance).hub()).isEqualTo(TWO);
    }

    @Test
    void geoLatencyLeavesOutHubsThatAllocationOrTheTableLeavesOut() {
        var instance = instance(List.of(
                new IotHub(ONE, 1, false, Map.of("europe", 1)),
                new IotHub("three.azure-devices.net", 1, true, Map.of()),
                new IotHub(TWO, 1, true, Map.of("europe", 80))));
        enroll(instance, AllocationPolicy.GEO_LATENCY, MIGRATE, null);
        instance.places(new Places(List.of(new Places.Rule("*", "europe"))));
        assertThat(assigned(instance).hub()).isEqualTo(TWO);
    }

    @Test
    void geoLatencyOfADeviceThatIsNowhereIsHashed() {
        var hubs = List.of(IotHub.of("one"), IotHub.of("two"));
        var instance = instance(hubs);
        enroll(instance, AllocationPolicy.GEO_LATENCY, MIGRATE, null);
        var hashed = WeightedHash.choose("pump-7", hubs).orElseThrow().hostName();
        assertThat(assigned(instance).hub()).isEqualTo(hashed);
        instance.places(new Places(List.of(new Places.Rule("*", "europe"))));
        assertThat(assigned(instance).hub()).isEqualTo(hashed);
    }

    @ParameterizedTest
    @CsvSource({
        "pump-7, PUMP-7, true",
        "pump-7, pump-77, false",
        "pump-*, pump-7, true",
        "*, x, true",
        "*-7, pump-7, true",
        "a*a, a, false",
        "a*b*c, a1b2c, true",
        "a*b*c, a1c, false",
        "p*mp*mp*, pumpmp, true",
    })
    void aStarStandsForAnyCharacters(String pattern, String registrationId, boolean fits) {
        assertThat(new Places.Rule(pattern, "europe").fits(registrationId)).isEqualTo(fits);
    }

    @Test
    void theInitialTwinIsSetAtFirstAndKeptWhenTheDeviceMigrates() {
        var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
        enroll(instance, AllocationPolicy.STATIC, MIGRATE, "{'tags': {'v': 1}}", "one");
        assertThat(assigned(instance).twin()).isEqualTo(json("{'tags': {'v': 1}}"));
        enroll(instance, AllocationPolicy.STATIC, MIGRATE, "{'tags': {'v': 2}}", "two");
        var moved = assigned(instance);
        assertThat(moved.hub()).isEqualTo(TWO);
        assertThat(moved.twin()).isEqualTo(json("{'tags': {'v': 1}}"));
    }

    @Test
    void aResetStartsAnewAtAnotherHubAndAtTheSame() {
        var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
        enroll(instance, AllocationPolicy.STATIC, RESET, "{'tags': {'v': 1}}", "one");
        assigned(instance);
        enroll(instance, AllocationPolicy.STATIC, RESET, "{'tags': {'v': 2}}", "two");
        assertThat(assigned(instance).twin()).isEqualTo(json("{'tags': {'v': 2}}"));
        enroll(instance, AllocationPolicy.STATIC, RESET, "{'tags': {'v': 3}}", "two");
        assertThat(assigned(instance).twin()).isEqualTo(json("{'tags': {'v': 3}}"));
    }

    @Test
    void withoutAPolicyOldDevicesStayAndNewOnesMove() {
        var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
        enroll(instance, AllocationPolicy.STATIC, null, null, "one");
        assigned(instance);
        enroll(instance, AllocationPolicy.STATIC, null, null, "two");
        assertThat(assigned(instance, DeviceRegistration.of(ApiVersion.of("2018-04-01")))
                        .hub())
                .isEqualTo(ONE);
        assertThat(assigned(instance, DeviceRegistration.of(ApiVersion.of("2018-09-01-preview")))
                        .hub())
                .isEqualTo(TWO);
    }

    @Test
    void aPolicyThatIsSetCountsForOldDevicesToo() {
        var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
        enroll(instance, AllocationPolicy.STATIC, MIGRATE, null, "one");
        assigned(instance);
        enroll(instance, AllocationPolicy.STATIC, MIGRATE, null, "two");
        assertThat(assigned(instance, DeviceRegistration.of(ApiVersion.of("2017-11-15")))
                        .hub())
                .isEqualTo(TWO);
    }

    @Test
    void theDeviceIsToldToWaitWhileTheWebhookIsAsked() {
        var instance = custom(MIGRATE, null);
        var operation = register(instance);
        clock.turn(SECOND.multipliedBy(9));
        assertThat(poll(instance, operation)).isInstanceOf(Outcome.Assigning.class);
        calls.remove().answers(200, "{'iotHubHostName': '%s', 'payload': {'a': 1}}".formatted(TWO));
        var done = (Outcome.Done) poll(instance, operation);
        assertThat(done.state()).isEqualTo(RegistrationStatus.ASSIGNED);
        assertThat(done.registration().hub()).isEqualTo(TWO);
        assertThat(done.registration().payload()).isEqualTo(json("{'a': 1}"));
    }

    @Test
    void aFastAnswerDoesNotMakeTheAssignmentFasterThanItsDelay() {
        var instance = custom(MIGRATE, null);
        var operation = register(instance);
        calls.remove().answers(200, "{'iotHubHostName': '%s'}".formatted(TWO));
        assertThat(poll(instance, operation)).isInstanceOf(Outcome.Assigning.class);
        clock.turn(SECOND);
        assertThat(poll(instance, operation)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void askingAgainMeanwhileGivesTheSameOperationAndNoSecondCall() {
        var instance = custom(MIGRATE, null);
        assertThat(register(instance)).isEqualTo(register(instance));
        assertThat(calls).hasSize(1);
    }

    @Test
    void theWebhookIsToldWhoAsksForWhatAndWhereItMayGo() {
        var instance = custom(MIGRATE, null);
        var payload = json("{'modelId': 'dtmi:example:Pump;1'}");
        instance.register("Pump-7", EVIDENCE, new DeviceRegistration(ApiVersion.NEWEST, payload, null, null));
        var request = calls.remove().request();
        assertThat(request.at("/enrollmentGroup/enrollmentGroupId").asText()).isEqualTo("fleet");
        assertThat(request.at("/enrollmentGroup/allocationPolicy").asText()).isEqualTo("custom");
        assertThat(request.at("/enrollmentGroup/customAllocationDefinition/webhookUrl")
                        .asText())
                .isEqualTo("https://example.net/allocate?****");
        assertThat(request.at("/deviceRuntimeContext/registrationId").asText()).isEqualTo("Pump-7");
        assertThat(request.at("/deviceRuntimeContext/payload")).isEqualTo(payload);
        assertThat(request.at("/deviceRuntimeContext/x509/clientCertificate").asText())
                .startsWith("MII");
        assertThat(request.at("/deviceRuntimeContext").has("currentIotHubHostName"))
                .isFalse();
        assertThat(request.path("linkedHubs")).isEqualTo(json("['%s', '%s']".formatted(ONE, TWO)));
    }

    @Test
    void theWebhookIsToldWhereADeviceIsThatComesBack() {
        var instance = custom(MIGRATE, null);
        allocated(instance, "{'iotHubHostName': '%s'}".formatted(ONE));
        register(instance);
        var context = calls.remove().request().path("deviceRuntimeContext");
        assertThat(context.path("currentIotHubHostName").asText()).isEqualTo(ONE);
        assertThat(context.path("currentDeviceId").asText()).isEqualTo("Pump-7");
    }

    @Test
    void underNeverTheWebhookIsAskedAllTheSameButOffersNoOtherHub() {
        var instance = custom(NEVER, null);
        allocated(instance, "{'iotHubHostName': '%s', 'payload': {'n': 1}}".formatted(ONE));
        var operation = register(instance);
        assertThat(calls.peek().request().path("linkedHubs")).isEqualTo(json("['%s']".formatted(ONE)));
        calls.remove().answers(200, "{'iotHubHostName': '%s', 'payload': {'n': 2}}".formatted(ONE));
        clock.turn(SECOND.multipliedBy(10));
        var done = (Outcome.Done) poll(instance, operation);
        assertThat(done.registration().payload()).isEqualTo(json("{'n': 2}"));
        assertThat(done.registration().substatus()).isEqualTo(Substatus.INITIAL_ASSIGNMENT);
        failed(instance, 200, "{'iotHubHostName': '%s'}".formatted(TWO));
    }

    @Test
    void theWebhooksTwinReplacesThatOfTheEnrollmentAtFirst() {
        var instance = custom(MIGRATE, "{'tags': {'from': 'enrollment'}}");
        assertThat(allocated(
                                instance,
                                "{'iotHubHostName': '%s', 'initialTwin': {'tags': {'from': 'hook'}}}".formatted(ONE))
                        .twin())
                .isEqualTo(json("{'tags': {'from': 'hook'}}"));
        assertThat(allocated(
                                instance,
                                "{'iotHubHostName': '%s', 'initialTwin': {'tags': {'from': 'again'}}}".formatted(TWO))
                        .twin())
                .isEqualTo(json("{'tags': {'from': 'hook'}}"));
    }

    @Test
    void theWebhooksTwinCountsAgainWhenAResetMovesTheDevice() {
        var instance = custom(RESET, "{'tags': {'from': 'enrollment'}}");
        allocated(instance, "{'iotHubHostName': '%s'}".formatted(ONE));
        assertThat(allocated(
                                instance,
                                "{'iotHubHostName': '%s', 'initialTwin': {'tags': {'from': 'hook'}}}".formatted(TWO))
                        .twin())
                .isEqualTo(json("{'tags': {'from': 'hook'}}"));
        assertThat(allocated(
                                instance,
                                "{'iotHubHostName': '%s', 'initialTwin': {'tags': {'from': 'same'}}}".formatted(TWO))
                        .twin())
                .isEqualTo(json("{'tags': {'from': 'enrollment'}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {}                                | Custom allocation failed with status code: 404",
                "302 | {}                                | Custom allocation failed with status code: 302",
                "500 | {'iotHubHostName': 'ONE'}         | Custom allocation failed with status code: 500",
                "200 | {'iotHubHostName':                | Custom allocation failed: the answer is not a JSON object",
                "200 | ['ONE']                           | Custom allocation failed: the answer is not a JSON object",
                "200 | ''                                | Custom allocation failed: the answer is not a JSON object",
                "200 | {}                                | Custom allocation failed: the answer has no iotHubHostName",
                "200 | {'iotHubHostName': null}          | Custom allocation failed: the answer has no iotHubHostName",
                "200 | {'iotHubHostName': 7}             | Custom allocation failed: the answer has no iotHubHostName",
                "200 | {'iotHubHostName': 'other.net'}   | Custom allocation failed: iotHubHostName of the answer is not one of linkedHubs",
                "200 | {'iotHubHostName': 'ONE', 'initialTwin': 3} | Custom allocation failed: initialTwin of the answer is not an object",
            })
    void aBadAnswerFailsTheOperation(int status, String body, String message) {
        var instance = custom(MIGRATE, null);
        var failure = failed(instance, status, body.replace("ONE", ONE));
        assertThat(failure).isEqualTo(new AllocationFailure(400207, message));
        assertThat(instance.report().registered()).isEqualTo(1);
    }

    @Test
    void letterCaseOfTheAnswersMembersAndHubDoesNotMatter() {
        var instance = custom(MIGRATE, null);
        assertThat(allocated(instance, "{'iotHubHostname': 'ONE.azure-devices.net'}")
                        .hub())
                .isEqualTo(ONE);
    }

    @Test
    void aDeviceWhoseAllocationFailedMayTryAgainAndKeepsWhatItHad() {
        var instance = custom(MIGRATE, null);
        allocated(instance, "{'iotHubHostName': '%s'}".formatted(ONE));
        failed(instance, 500, "");
        assertThat(requireNonNull(instance.registrations().find("pump-7")).hub())
                .isEqualTo(ONE);
        assertThat(allocated(instance, "{'iotHubHostName': '%s'}".formatted(TWO))
                        .substatus())
                .isEqualTo(Substatus.DEVICE_DATA_MIGRATED);
    }

    @Test
    void theRecordOfAFailedDeviceCounts() {
        var instance = custom(MIGRATE, null);
        failed(instance, 500, "");
        assertThat(instance.report().registered()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesAfterTheRecordHasGoneChangesNothing() {
        var instance = custom(MIGRATE, null);
        register(instance);
        var late = calls.remove();
        instance.deleteState();
        late.answers(200, "{'iotHubHostName': '%s'}".formatted(ONE));
        assertThat(instance.registrations().find("pump-7")).isNull();
        register(instance);
        late.answers(200, "{'iotHubHostName': '%s'}".formatted(ONE));
        assertThat(requireNonNull(instance.registrations().find("pump-7")).hub())
                .isNull();
    }

    private EmulatedInstance custom(ReprovisionPolicy policy, @Nullable String twin) {
        var instance = instance(List.of(IotHub.of("one"), IotHub.of("two")));
        enroll(instance, AllocationPolicy.CUSTOM, policy, twin);
        return instance;
    }

    private Registration allocated(EmulatedInstance instance, String answer) {
        var operation = register(instance);
        calls.remove().answers(200, answer);
        clock.turn(SECOND.multipliedBy(10));
        return ((Outcome.Done) poll(instance, operation)).registration();
    }

    private AllocationFailure failed(EmulatedInstance instance, int status, String answer) {
        var operation = register(instance);
        calls.remove().answers(status, answer);
        clock.turn(SECOND.multipliedBy(10));
        var done = (Outcome.Done) poll(instance, operation);
        assertThat(done.state()).isEqualTo(RegistrationStatus.FAILED);
        return requireNonNull(done.registration().operation().failure());
    }

    private EmulatedInstance instance(List<IotHub> hubs) {
        return instance(AllocationSettings.of(hubs));
    }

    private EmulatedInstance instance(AllocationSettings allocation) {
        return new EmulatedInstance(
                InstanceConfig.of("dps-1").withAllocation(allocation),
                clock,
                (webhook, request, reply) -> calls.add(new Call(request, reply)));
    }

    private static void enroll(
            EmulatedInstance instance,
            @Nullable AllocationPolicy allocation,
            @Nullable ReprovisionPolicy reprovision,
            @Nullable String twin,
            String... hubs) {
        var settings = new EnrollmentSettings(
                true,
                allocation,
                reprovision,
                List.of(hubs).stream().map(IotHub::of).map(IotHub::hostName).toList(),
                new Webhook(URI.create("https://example.net/allocate?code=secret"), "2021-10-01"),
                twin == null ? null : json(twin),
                false);
        var signers = new Attestation.Signers(List.of(ROOT.certificate()));
        assertThat(instance.enrollments().put(new Enrollment.Group("fleet", signers, settings)))
                .isEmpty();
    }

    private Registration assigned(EmulatedInstance instance) {
        return assigned(instance, DeviceRegistration.EMPTY);
    }

    private Registration assigned(EmulatedInstance instance, DeviceRegistration sent) {
        var operation = ((Outcome.Assigning) instance.register("Pump-7", EVIDENCE, sent)).operationId();
        clock.turn(SECOND.multipliedBy(10));
        return ((Outcome.Done) poll(instance, operation)).registration();
    }

    private static String register(EmulatedInstance instance) {
        return ((Outcome.Assigning) instance.register("Pump-7", EVIDENCE, DeviceRegistration.EMPTY)).operationId();
    }

    private static Outcome poll(EmulatedInstance instance, String operation) {
        return instance.poll("Pump-7", operation, EVIDENCE);
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
