package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import dev.berth.sandbox.HttpsCaller.Answer;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of the packaged service on one Cosmos DB, and fleets that boot through all of them at once. What is checked is what can be seen
 * from outside: at the emulator, in what devices were told, and through the API of a replica.
 *
 * <p>The horizon is short, so that devices ask all the time and not in the first seconds only: whatever happens to a replica happens in the midst of it.
 */
@NeedsLocalCosmos
@DisabledIfSystemProperty(
        named = "berth.executable",
        matches = ".+",
        disabledReason = "it starts JVMs with small compilers, and is run with the jar")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ReplicasIT {
    /** Less than DPS's own quota, so that two cores have time for three services, their store, DPS and the devices. */
    private static final int LIMIT_PER_MINUTE = 600;

    private static final Duration HORIZON = Duration.ofSeconds(10);

    /** All slots that a stopped replica held, and all that it told of, are past then. */
    private static final Duration PAUSE = HORIZON.plusSeconds(4);

    /** Slots are (60 s + 1.2 s) / (limit − 1) apart, 1.2 s being what devices' arrivals may be spread by. */
    private static final double PACED_PER_SECOND = (LIMIT_PER_MINUTE - 1) / 61.2;

    private static final double USED_MIN = 0.97;
    private static final double OTHERS_MAX = 0.2;
    private static final double IDLE_MIN = 0.1;

    private static final double SKEW_WITHIN_BOUND = 0.04;
    private static final double SKEW_BEYOND_BOUND = 3;

    /** Half of {@code berth.scheduling.clock-skew-max}. */
    private static final Duration CLOCK_OFFSET_MAX = Duration.ofMillis(100);

    @TempDir
    private static Path folder;

    private Replicas replicas;
    private EmulatorView emulator;
    private ReplicaFleet fleet;

    @BeforeAll
    void start() throws Exception {
        replicas = Replicas.start(folder, LIMIT_PER_MINUTE, Map.of("berth.scheduling.horizon", HORIZON.toString()));
        emulator = new EmulatorView(replicas.emulator(), replicas.instances());
    }

    @AfterAll
    void stop() {
        if (replicas != null) {
            replicas.close();
        }
    }

    @BeforeEach
    void hire() throws Exception {
        fleet = new ReplicaFleet(replicas, 1, 2, 3);
    }

    /**
     * Counted at the emulator between two arrivals: the one before which a third of the devices came, and the one after which a fifth still has to come,
     * so that somebody waits for each slot. The rate is what slots are paced at, which is the limit less what devices' arrivals may be spread by. Another
     * fleet warms four JVMs up before, since other tests stop and start some of them.
     *
     * <p>Devices that get no time to run come late and lose their slots, which is no fault of Berth. So where it is too little, and others had a fifth of this
     * machine meanwhile while hardly any of it was idle, the test is given up, aloud. Were Berth itself too slow, the time would be ours, and the test red.
     */
    @Test
    void whileAllRunTheyUseTheWholeRate() throws Exception {
        new ReplicaFleet(replicas, 1, 2, 3).boot("warm-", 600, () -> {});
        var before = MachineShare.now();
        fleet.boot("whole-", 900, () -> {});
        var now = MachineShare.now();

        everyDeviceHasWhatItWasTold("whole-", 1);
        var used = used("whole-");
        System.out.printf("used %.1f %% of the paced rate%n", used * 100);
        if (used < USED_MIN && before.isPresent()) {
            var others = now.orElseThrow().othersSince(before.get());
            var idle = now.get().idleSince(before.get());
            if (others > OTHERS_MAX && idle < IDLE_MIN) {
                abort("others had %.0f %% of this machine, too much to judge that %.1f %% of the rate were used"
                        .formatted(others * 100, used * 100));
            }
        }
        assertThat(used).isGreaterThanOrEqualTo(USED_MIN);
    }

    private double used(String namesBegin) throws Exception {
        var arrivals = emulator.arrivals(namesBegin);
        var from = arrivals.size() / 3;
        var to = arrivals.size() * 4 / 5;
        var time = Duration.between(arrivals.get(from).at(), arrivals.get(to).at());
        return (to - from)
                / (time.toNanos()
                        / 1e9
                        * PACED_PER_SECOND
                        * replicas.instances().size());
    }

    @Test
    void aFleetBootsThroughReplicasThatAreKilledStoppedAndStartedAgain() throws Exception {
        fleet.boot("through-", 1_200, () -> {
            awaitRegistered(240);
            replicas.kill(2);
            awaitRegistered(420);
            replicas.pause(3);
            LockSupport.parkNanos(PAUSE.toNanos());
            replicas.resume(3);
            restart(2, Map.of());
        });
        everyDeviceHasWhatItWasTold("through-", 2);

        var those = fleet;
        fleet = new ReplicaFleet(replicas, 2);
        fleet.boot("thereafter-", 50, () -> {});
        everyDeviceHasWhatItWasTold("thereafter-", 3);
        assertThat(those.witness().told()).extracting(Witness.Told::replica).contains(1, 2, 3);
    }

    /** First by a little, then it is set by far too much, then back. */
    @Test
    void aReplicaWhoseClockIsOffTellsNobodyTheWrongTime() throws Exception {
        var clock = FakeClock.in(folder.resolve("clock"));
        assumeTrue(clock.isPresent(), "there is no libfaketime here, and apt-get cannot download it");
        clock.get().set(SKEW_WITHIN_BOUND);
        replicas.kill(2);
        restart(2, clock.get().environment());

        fleet.boot("skewed-", 500, () -> {
            awaitRegistered(120);
            set(clock.get(), SKEW_BEYOND_BOUND);
            Replicas.await(() -> !replicas.isReady(2));
            aDeviceIsSentAway(2);
            awaitRegistered(320);
            set(clock.get(), SKEW_WITHIN_BOUND);
            Replicas.await(() -> replicas.isReady(2));
        });

        everyDeviceHasWhatItWasTold("skewed-", 1);
        assertThat(fleet.witness().told())
                .filteredOn(told -> told.replica() == 2)
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.off()).isGreaterThan(CLOCK_OFFSET_MAX.negated()));
        replicas.kill(2);
        restart(2, Map.of());
    }

    private void aDeviceIsSentAway(int replica) {
        try {
            var answer = asStranger(replicas.deviceUrls().get(replica - 1) + "/v1/id-scope");
            assertThat(answer.status()).as(answer.explained()).isEqualTo(503);
            assertThat(answer.retryAfter()).isNotNull();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A device that nobody else is; what it is told is nothing. */
    private Answer asStranger(String url) throws Exception {
        var files = replicas.files();
        var authority = PemFiles.read(files.deviceCaCertificate(), files.deviceCaKey());
        var key = new Pki()
                .devices(authority, List.of("stranger"), KeyAlgorithm.P_256)
                .getFirst();
        return new HttpsCaller(tls().context(key)).get(url);
    }

    private void set(FakeClock clock, double secondsAhead) {
        try {
            clock.set(secondsAhead);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void restart(int replica, Map<String, String> environment) {
        try {
            replicas.restart(replica, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitRegistered(int devices) {
        Replicas.await(() -> fleet.registered() >= devices);
    }

    /**
     * One device, one assignment: all that it was ever told is one ID scope in one generation, it came to that one alone, and it is what {@code replica}
     * knows. Nothing that was answered is lost: each report that was taken is there, with its hub.
     */
    private void everyDeviceHasWhatItWasTold(String namesBegin, int replica) throws Exception {
        emulator.requireThatNoMinuteWasOver(LIMIT_PER_MINUTE);
        var told = new HashMap<String, String>();
        for (var answer : fleet.witness().told()) {
            var other = told.put(answer.registrationId(), answer.idScope());
            assertThat(other).as("told before %s", answer).isIn(null, answer.idScope());
            assertThat(answer.generation()).as("%s", answer).isEqualTo(1);
        }
        assertThat(emulator.scopes(namesBegin)).isEqualTo(told);
        var known = known(namesBegin, replica);
        assertThat(known.scopes()).isEqualTo(told);
        assertThat(known.hubs()).isEqualTo(fleet.witness().reported()).hasSameSizeAs(told);
    }

    private record Known(Map<String, String> scopes, Map<String, String> hubs) {}

    /** As {@code replica} tells an administrator. */
    private Known known(String namesBegin, int replica) throws Exception {
        var files = replicas.files();
        var https = new HttpsCaller(tls().context(PemFiles.read(files.adminCertificate(), files.adminKey())));
        var known = new Known(new HashMap<>(), new HashMap<>());
        var admin = URI.create(replicas.adminUrl(replica));
        var next = "/v1/tenants/demo/devices?limit=1000";
        while (!next.isEmpty()) {
            var page = https.get(admin.resolve(next).toString()).body();
            for (var device : page.path("value")) {
                var name = device.path("registrationId").asText();
                if (name.startsWith(namesBegin)) {
                    assertThat(device.path("state").asText()).as("%s", device).isEqualTo("registered");
                    assertThat(device.path("generation").asLong())
                            .as("%s", device)
                            .isEqualTo(1);
                    known.scopes().put(name, device.path("idScope").asText());
                    known.hubs().put(name, device.path("assignedHub").asText());
                }
            }
            next = page.path("nextLink").asText();
        }
        return known;
    }

    private ClientTls tls() throws Exception {
        return new ClientTls(PemFiles.readCertificates(replicas.files().trusted()));
    }
}
