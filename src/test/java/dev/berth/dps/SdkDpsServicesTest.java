package dev.berth.dps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.dps.FakeServiceApi.Answer;
import dev.berth.dps.ServiceCredential.Slot;
import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServiceException.Kind;
import dev.berth.enrollment.DpsServices.Access;
import dev.berth.enrollment.DpsServices.Reason;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.identity.TenantId;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Limits;
import dev.berth.inventory.ReprovisionPolicy;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official client behind its fence, against a service that misbehaves in every way that is known of DPS. */
@Timeout(60)
class SdkDpsServicesTest {
    private static final String KEY = "cHJpbWFyeS1rZXktb2YtdGhlLXRlc3Q=";
    private static final String OTHER_KEY = "c2Vjb25kYXJ5LWtleS1vZi10aGUtdGVzdA==";
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final FenceSettings PATIENT =
            new FenceSettings(Duration.ofSeconds(20), 2, 2, 2, Duration.ofMillis(1), 1_000, Duration.ofMinutes(1));
    private static final FenceSettings HASTY =
            new FenceSettings(Duration.ofSeconds(2), 2, 2, 0, Duration.ofMillis(1), 1_000, Duration.ofMinutes(1));

    @TempDir
    static Path directory;

    static FakeServiceApi api;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeAll
    static void aServiceBehindAProxy() throws Exception {
        api = new FakeServiceApi(directory);
        new ServiceNetwork(
                        List.of(FakeServiceApi.SUFFIX),
                        Optional.of(api.proxyAddress()),
                        Optional.of(FakeServiceApi.caFile(directory)))
                .install();
    }

    @AfterAll
    static void close() throws Exception {
        api.close();
    }

    @BeforeEach
    void reset() {
        api.accept(KEY);
        api.requests().clear();
        api.script(request -> Answer.of(404, "{\"errorCode\":404201,\"message\":\"not here\"}"));
    }

    @AfterEach
    void letGo() {
        release.countDown();
        threads.shutdownNow();
    }

    @Test
    void whatIsNotThereIsAnAnswerAndNoFault() {
        var dps = service("a", PATIENT);

        assertThat(dps.findGroup("g")).isEmpty();
        assertThat(dps.findRegistration("d")).isEmpty();
        assertThat(dps.deleteGroup("g", "e")).isEqualTo(DpsService.Deletion.MISSING);
        assertThat(dps.listRegistrations("g", 10, null).values()).isEmpty();
        assertThat(dps.operations()).isEqualTo(4);
        assertThat(api.requests()).hasSize(4);
    }

    @Test
    void aNewGroupIsWrittenWithAllThatIsOurs() {
        var sent = new CopyOnWriteArrayList<FakeServiceApi.Request>();
        api.script(request -> {
            sent.add(request);
            return Answer.of(200, request.body().replaceFirst("\\{", "{\"etag\":\"\\\\\"1\\\\\"\","));
        });

        var written = service("a", PATIENT).putGroup(group(null));

        assertThat(sent).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("PUT /enrollmentGroups/berth.contoso.factory");
            assertThat(request.header("If-Match")).isEmpty();
            assertThat(request.body())
                    .contains("\"allocationPolicy\":\"geoLatency\"")
                    .contains("\"iotHubs\":[\"h.azure-devices.net\"]")
                    .contains("\"updateHubAssignment\":true", "\"migrateDeviceData\":false")
                    .contains("\"provisioningStatus\":\"enabled\"")
                    .contains("\"trustAnchor\":\"factory\"", "\"tenant\":\"contoso\"")
                    .contains("BEGIN CERTIFICATE");
        });
        assertThat(written)
                .isInstanceOfSatisfying(
                        DpsService.GroupWrite.Written.class,
                        w -> assertThat(w.group()).isEqualTo(group("\"1\"")));
    }

    @Test
    void whatIsNotOursStaysInAGroupThatIsChanged() {
        var put = new CopyOnWriteArrayList<FakeServiceApi.Request>();
        api.script(request -> switch (request.method()) {
            case "GET" -> Answer.of(200, """
                        {"enrollmentGroupId":"berth.contoso.factory","etag":"e1","provisioningStatus":"disabled",
                         "attestation":{"type":"x509","x509":{"signingCertificates":{"primary":{"info":{"subjectName":"CN=x",
                          "sha1Thumbprint":"AA","sha256Thumbprint":"BB","issuerName":"CN=x","notBeforeUtc":"2026-01-01T00:00:00Z",
                          "notAfterUtc":"2036-01-01T00:00:00Z","serialNumber":"1","version":3}}}}},
                         "initialTwin":{"tags":{"site":"north"},"properties":{"desired":{"interval":5,"ratio":0.5,"nested":{"n":7}}}},
                         "capabilities":{"iotEdge":true}}""");
            default -> {
                put.add(request);
                yield Answer.of(200, request.body());
            }
        });

        assertThat(service("a", PATIENT).putGroup(group("e1"))).isInstanceOf(DpsService.GroupWrite.Written.class);

        assertThat(put).singleElement().satisfies(request -> {
            assertThat(request.header("If-Match")).contains("e1");
            assertThat(request.body())
                    .contains("\"site\":\"north\"", "\"interval\":5,", "\"ratio\":0.5", "\"n\":7}", "\"iotEdge\":true")
                    .contains("\"trustAnchor\":\"factory\"");
        });
    }

    @Test
    void aGroupThatChangedMeanwhileIsStale() {
        api.script(request -> request.method().equals("GET")
                ? Answer.of(
                        200,
                        "{\"enrollmentGroupId\":\"berth.contoso.factory\",\"etag\":\"e2\",\"attestation\":{\"type\":\"x509\","
                                + "\"x509\":{\"caReferences\":{\"primary\":\"ca\"}}}}")
                : Answer.of(412, "{}"));
        var dps = service("a", PATIENT);

        assertThat(dps.putGroup(group("e1"))).isInstanceOf(DpsService.GroupWrite.Stale.class);
        assertThat(dps.putGroup(group("e2"))).isInstanceOf(DpsService.GroupWrite.Stale.class);
        assertThat(dps.deleteGroup("g", "e1")).isEqualTo(DpsService.Deletion.STALE);
    }

    @Test
    void groupsOfEveryKindAreListed() {
        api.script(request -> new Answer(200, Map.of("x-ms-item-type", "enrollmentGroup"), """
                [{"enrollmentGroupId":"by-reference","attestation":{"type":"x509","x509":{"caReferences":{"primary":"ca"}}}},
                 {"enrollmentGroupId":"by-key","attestation":{"type":"symmetricKey"}},
                 {"enrollmentGroupId":"by-key-too","attestation":{"type":"symmetricKey","symmetricKey":{}}},
                 {"enrollmentGroupId":"new","attestation":{"type":"x509","x509":{"signingCertificates":{"primary":{"info":{
                   "subjectName":"CN=x","sha1Thumbprint":"AA","sha256Thumbprint":"BB:0C","issuerName":"CN=x",
                   "notBeforeUtc":"2026-01-01T00:00:00Z","notAfterUtc":"2036-01-01T00:00:00Z","serialNumber":"1","version":3}}}}},
                  "credentialPolicyName":"unknown-to-the-client","allocationPolicy":"custom","provisioningStatus":"disabled"}]"""));

        var groups = service("a", PATIENT).listGroups(10, null).values();

        assertThat(groups).extracting(RemoteGroup::id).containsExactly("by-reference", "by-key", "by-key-too", "new");
        assertThat(groups.getFirst().attestation()).isEqualTo(new Attestation.CaReferences("ca", null));
        assertThat(groups.get(1).attestation()).isInstanceOf(Attestation.Other.class);
        assertThat(groups.getLast().attestation())
                .isEqualTo(new Attestation.SigningCertificates(new Attestation.Signer("bb0c", null), null));
        assertThat(groups.getLast().allocationPolicy()).isEqualTo(AllocationPolicy.CUSTOM);
        assertThat(groups.getLast().enabled()).isFalse();
    }

    @Test
    void registrationsComePageByPage() {
        api.script(request -> request.header("x-ms-continuation").isEmpty()
                ? page(
                        "next",
                        "[{\"registrationId\":\"d1\",\"status\":\"assigned\",\"assignedHub\":\"h\",\"deviceId\":\"d1\"}]")
                : page(null, "[{\"registrationId\":\"d2\",\"status\":\"failed\",\"errorCode\":400207}]"));
        var dps = service("a", PATIENT);

        var first = dps.listRegistrations("g", 1, null);
        var second = dps.listRegistrations("g", 1, first.continuation());

        assertThat(first.values()).singleElement().satisfies(registration -> {
            assertThat(registration.registrationId()).isEqualTo("d1");
            assertThat(registration.status()).isEqualTo(RemoteRegistration.Status.ASSIGNED);
            assertThat(registration.assignedHub()).isEqualTo("h");
        });
        assertThat(second.values().getFirst().errorCode()).isEqualTo(400_207);
        assertThat(second.continuation()).isNull();
    }

    @Test
    void throttlingIsRecognisedEvenWhilePagingAndSlowsThePace() {
        api.script(request -> Answer.of(429, "{\"errorCode\":429001}"));

        assertThat(kind(() -> service("a", PATIENT).listGroups(10, null))).isEqualTo(Kind.THROTTLED);

        assertThat(api.requests()).hasSize(3);
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) > 0);
    }

    @Test
    void aReadThatFailsForTheMomentIsRepeatedAndAWriteIsNot() {
        api.script(request -> Answer.of(500, "{}"));
        var dps = service("a", PATIENT);

        assertThat(kind(() -> dps.findGroup("g"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(api.requests()).hasSize(3);
        assertThat(kind(() -> dps.putGroup(group(null)))).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(api.requests()).hasSize(4);
    }

    @Test
    void aRefusalCarriesWhatDpsSays() {
        api.script(request -> Answer.of(400, "{\"errorCode\":400004,\"message\":\"hub h is not linked\"}"));

        assertThatThrownBy(() -> service("a", PATIENT).putGroup(group(null)))
                .isInstanceOfSatisfying(
                        DpsServiceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("hub h is not linked");
    }

    @Test
    void anIdThatWouldLeadElsewhereIsNotSent() {
        assertThat(kind(() -> service("a", PATIENT).findGroup("../registrations/d")))
                .isEqualTo(Kind.REFUSED);

        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aWriteThatHangsIsUnknownAndWasSentOnce() throws Exception {
        var reached = new CountDownLatch(1);
        api.script(request -> {
            reached.countDown();
            release.await();
            return Answer.of(200, "{}");
        });

        assertThat(kind(() -> service("a", HASTY).putGroup(group(null)))).isEqualTo(Kind.OUTCOME_UNKNOWN);

        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void anInstanceThatHangsHoldsUpNoOther() throws Exception {
        var hanging = new CountDownLatch(2);
        api.script(request -> {
            if (request.host().startsWith("a.")) {
                hanging.countDown();
                release.await();
            }
            return Answer.of(404, "{}");
        });
        var services = services(PATIENT, Map.of("a", credential("a"), "b", credential("b")));
        var a = open(services, "a");
        for (int i = 0; i < PATIENT.callsMax(); i++) {
            threads.execute(() -> kind(() -> a.findGroup("g")));
        }
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(open(services, "b").findGroup("g")).isEmpty();
    }

    @Test
    void whenAllPlacesHangTheNextFailsAtOnce() throws Exception {
        var hanging = new CountDownLatch(2);
        api.script(request -> {
            hanging.countDown();
            release.await();
            return Answer.of(404, "{}");
        });
        var dps = service(
                "a",
                new FenceSettings(Duration.ofSeconds(50), 2, 1, 0, Duration.ofMillis(1), 1_000, Duration.ofMinutes(1)));
        threads.execute(() -> kind(() -> dps.findGroup("g1")));
        threads.execute(() -> kind(() -> dps.findGroup("g2")));
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
        var overloaded = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            threads.execute(() -> {
                if (kind(() -> dps.findGroup("g3")) == Kind.OVERLOADED) {
                    overloaded.countDown();
                }
            });
        }

        assertThat(overloaded.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void anInstanceThatKeepsFailingIsLeftAlone() {
        api.script(request -> Answer.of(503, "{}"));
        var dps = service(
                "a",
                new FenceSettings(Duration.ofSeconds(20), 2, 2, 0, Duration.ofMillis(1), 3, Duration.ofMinutes(10)));
        for (int i = 0; i < 3; i++) {
            assertThat(kind(() -> dps.findGroup("g"))).isEqualTo(Kind.UNAVAILABLE);
        }

        assertThat(kind(() -> dps.findGroup("g"))).isEqualTo(Kind.OVERLOADED);

        assertThat(api.requests()).hasSize(3);
    }

    @Test
    void theSecondaryKeyStepsInForARefusedPrimaryAndIsThenTriedFirst() {
        api.accept(OTHER_KEY);
        var services = services(PATIENT, Map.of("a", both("a")));
        var dps = open(services, "a");
        assertThat(services.warning(instance("a", "a"))).isEmpty();

        assertThat(dps.findGroup("g")).isEmpty();
        assertThat(dps.findGroup("g")).isEmpty();

        assertThat(dps.operations()).isEqualTo(3);
        assertThat(services.warning(instance("a", "a")))
                .hasValueSatisfying(said -> assertThat(said).contains("primary key of credentials a"));
        assertThat(refused).containsExactly("PRIMARY true");
    }

    @Test
    void whenBothKeysAreRefusedNobodyRepeats() {
        api.accept();
        var dps = open(services(PATIENT, Map.of("a", both("a"))), "a");

        assertThat(kind(() -> dps.findGroup("g"))).isEqualTo(Kind.UNAUTHORIZED);

        assertThat(dps.operations()).isEqualTo(2);
        assertThat(refused).containsExactly("PRIMARY false", "SECONDARY false");
    }

    @Test
    void aKeyFileThatIsReplacedRotatesTheKeyWithoutARestart() throws Exception {
        var file = directory.resolve("rotating");
        Files.writeString(file, FakeServiceApi.connectionString("a", KEY) + "\n");
        var dps = open(
                services(
                        PATIENT,
                        Map.of("a", new ServiceCredential(CONTOSO, new Secret.InFile(file), new Secret.None()))),
                "a");
        assertThat(dps.findGroup("g")).isEmpty();
        api.accept(OTHER_KEY);
        assertThat(kind(() -> dps.findGroup("g"))).isEqualTo(Kind.UNAUTHORIZED);

        Files.writeString(file, FakeServiceApi.connectionString("a", OTHER_KEY));

        assertThat(dps.findGroup("g")).isEmpty();
    }

    @Test
    void credentialsAreForTheirTenantAndTheirHostOnly() {
        var foreign = new ServiceCredential(
                new TenantId("fabrikam"),
                new Secret.Inline(FakeServiceApi.connectionString("a", KEY)),
                new Secret.None());

        assertThat(reason(instance("a", null), Map.of())).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(instance("a", "a"), Map.of())).isEqualTo(Reason.UNKNOWN_CREDENTIALS);
        assertThat(reason(instance("a", "a"), Map.of("a", foreign))).isEqualTo(Reason.UNKNOWN_CREDENTIALS);
        assertThat(reason(instance("a", "a"), Map.of("a", credential("b")))).isEqualTo(Reason.WRONG_HOST);
        assertThat(reason(instance("a", "a"), Map.of("a", inline("HostName=x;SharedAccessKey=" + KEY))))
                .isEqualTo(Reason.UNUSABLE_CREDENTIALS);
    }

    @Test
    void anInstanceOnLoopbackIsReachedByTheRealNameInItsCredentials() {
        var emulated = new DpsInstance(
                new DpsInstanceId(CONTOSO, "emulated"),
                "0neE",
                "localhost:8443",
                "localhost:8443",
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE,
                "a",
                EnrollmentPolicy.EXTERNAL);

        assertThat(services(PATIENT, Map.of("a", credential("a"))).access(emulated))
                .isInstanceOf(Access.Open.class);
    }

    @Test
    void noMessageEverHoldsAKey() {
        api.script(request -> Answer.of(
                400,
                "{\"message\":\"bad token " + request.header("Authorization").orElse("") + "\"}"));
        var broken = inline("HostName=a:443;SharedAccessKeyName=n;SharedAccessKey=" + KEY);

        var said = List.of(
                String.valueOf(catchThrowableOfType(
                                DpsServiceException.class,
                                () -> service("a", PATIENT).putGroup(group(null)))
                        .getMessage()),
                String.valueOf(services(PATIENT, Map.of("a", broken)).access(instance("a", "a"))),
                new ServiceCredentials(Map.of("a", broken, "b", both("b"))).toString(),
                new ServiceCredentials(Map.of("a", broken)).problems().toString(),
                ConnectionString.parse(FakeServiceApi.connectionString("a", KEY))
                        .toString());

        assertThat(said)
                .noneMatch(text ->
                        text.contains(KEY) || text.contains("sig=" + "%") || text.matches(".*sig=[A-Za-z0-9].*"));
        assertThat(said.get(3)).contains("berth.dps.credentials.a.primary", "HostName");
    }

    private static Answer page(@Nullable String continuation, String body) {
        var type = Map.of("x-ms-item-type", "deviceRegistration");
        return new Answer(
                200,
                continuation == null
                        ? type
                        : Map.of("x-ms-item-type", "deviceRegistration", "x-ms-continuation", continuation),
                body);
    }

    private static final Attestation.Signer SIGNER =
            Attestation.Signer.of(new Pki().root("Factory", KeyAlgorithm.P_256).certificate());

    private static RemoteGroup group(@Nullable String etag) {
        return new RemoteGroup(
                "berth.contoso.factory",
                new Attestation.SigningCertificates(SIGNER, null),
                true,
                AllocationPolicy.GEO_LATENCY,
                List.of("h.azure-devices.net"),
                ReprovisionPolicy.RESET,
                new RemoteGroup.Mark(CONTOSO, "factory", "g"),
                etag);
    }

    private static Kind kind(Runnable call) {
        return catchThrowableOfType(DpsServiceException.class, call::run).kind();
    }

    private Reason reason(DpsInstance instance, Map<String, ServiceCredential> credentials) {
        return ((Access.Closed) services(PATIENT, credentials).access(instance)).reason();
    }

    private DpsService service(String instance, FenceSettings settings) {
        return open(services(settings, Map.of(instance, credential(instance))), instance);
    }

    private static DpsService open(SdkDpsServices services, String instance) {
        return ((Access.Open) services.access(instance(instance, instance))).service();
    }

    private SdkDpsServices services(FenceSettings settings, Map<String, ServiceCredential> credentials) {
        var events = new DpsEvents() {
            @Override
            public void credentialRefused(DpsInstanceId instance, String name, Slot slot, boolean otherTaken) {
                refused.add(slot + " " + otherTaken);
            }
        };
        var clock = new SteppedClock();
        return new SdkDpsServices(
                new ServiceCredentials(credentials),
                settings,
                threads,
                clock,
                System::nanoTime,
                pause -> {
                    pauses.add(pause);
                    clock.advance(pause);
                },
                events);
    }

    /** A clock that stands still but while somebody pauses. */
    private static final class SteppedClock implements InstantSource {
        private java.time.Instant now = java.time.Instant.EPOCH;

        @Override
        public synchronized java.time.Instant instant() {
            return now;
        }

        synchronized void advance(Duration duration) {
            now = now.plus(duration);
        }
    }

    private static ServiceCredential credential(String instance) {
        return inline(FakeServiceApi.connectionString(instance, KEY));
    }

    private static ServiceCredential inline(String text) {
        return new ServiceCredential(CONTOSO, new Secret.Inline(text), new Secret.None());
    }

    private static ServiceCredential both(String instance) {
        return new ServiceCredential(
                CONTOSO,
                new Secret.Inline(FakeServiceApi.connectionString(instance, KEY)),
                new Secret.Inline(FakeServiceApi.connectionString(instance, OTHER_KEY)));
    }

    private static DpsInstance instance(String name, @Nullable String credentials) {
        return new DpsInstance(
                new DpsInstanceId(CONTOSO, name),
                "0ne" + name,
                "global.azure-devices-provisioning.net",
                name + FakeServiceApi.SUFFIX,
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE,
                credentials,
                EnrollmentPolicy.EXTERNAL);
    }
}
