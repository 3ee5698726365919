package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Ticket;
import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDevicesTest {
    private static final Duration AGE_MAX = Duration.ofMinutes(15);
    private static final Instant NOW = VirtualClock.START;

    /** Each look is a nanosecond later, as it is on a machine. */
    private final AtomicLong ticks = new AtomicLong();

    private final KnownDevices known = knownDevices(1_000);

    @Test
    void whatWasHeardLastIsRecalled() {
        hear(told(1, 1), "a");
        hear(told(1, 2), "b");
        assertThat(recalledGeneration(1)).hasValue(2L);
    }

    @Test
    void aDeviceOfTheSameNameAtAnotherTenantIsAnotherDevice() {
        hear(told(1, 1), "a");
        assertThat(known.recall(new TenantId("fabrikam"), id(1))).isEmpty();
    }

    @Test
    void whatWasHeardIsRecalledUntilItIsTooOld() {
        hear(told(1, 1), "a");
        long heardAt = ticks.get() - 1; // the call began one tick before it ended
        ticks.set(heardAt + AGE_MAX.toNanos() - 1);
        assertThat(recalledGeneration(1)).hasValue(1L);
        ticks.set(heardAt + AGE_MAX.toNanos());
        assertThat(recalledGeneration(1)).isEmpty();
    }

    @Test
    void hearingItAgainKeepsItYoung() {
        hear(told(1, 1), "a");
        ticks.addAndGet(AGE_MAX.toNanos() / 2);
        hear(told(1, 1), "a");
        ticks.addAndGet(AGE_MAX.toNanos() * 3 / 4);
        assertThat(recalledGeneration(1)).hasValue(1L);
    }

    @Test
    void aDeviceThatNeedsSomethingNewIsNotRecalled() {
        hear(told(1, 1), "a");
        hear(in(1, new DeviceState.Failed(assignment(1), 401_002, "no enrollment")), "b");
        assertThat(recalledGeneration(1)).isEmpty();
    }

    @Test
    void whoeverMayHaveBeenOvertakenIsNotRecalled() {
        hear(told(1, 1), "a");
        known.doubted(Instances.TENANT, id(1), known.tick());
        assertThat(recalledGeneration(1)).isEmpty();
    }

    @Test
    void aDeviceThatIsGoneIsNotRecalled() {
        hear(told(1, 1), "a");
        known.missed(Instances.TENANT, id(1), known.tick());
        assertThat(recalledGeneration(1)).isEmpty();
    }

    @Test
    void aReadThatBeganBeforeAWriteDoesNotBringBackWhatWasReplaced() {
        long read = known.tick();
        hear(told(1, 2), "b");
        known.heard(told(1, 1), "a", read);
        assertThat(recalledGeneration(1)).as("nobody knows which is later").isEmpty();
        hear(told(1, 2), "b");
        assertThat(recalledGeneration(1)).hasValue(2L);
    }

    @Test
    void twoReadsAtOnceOfTheSameDocumentAgree() {
        long read = known.tick();
        hear(told(1, 2), "b");
        known.heard(told(1, 2), "b", read);
        assertThat(recalledGeneration(1)).hasValue(2L);
    }

    @Test
    void aReadThatOutlastsTheMemoryOfAWriteBringsNothingBack() {
        KnownDevices one = knownDevices(1);
        long read = one.tick();
        one.heard(told(1, 2), "b", one.tick());
        one.heard(told(2, 1), "x", one.tick());
        one.heard(told(1, 1), "a", read);
        assertThat(one.recall(Instances.TENANT, id(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 129, 1_000, 5_000})
    void noMoreAreRememberedThanMayBe(int countMax) {
        KnownDevices some = knownDevices(countMax);
        for (int device = 0; device < 3 * countMax; device++) {
            some.heard(told(device, 1), "a", some.tick());
            assertThat(some.count()).isLessThanOrEqualTo(countMax);
        }
        assertThat(some.count()).as("and not many fewer").isGreaterThanOrEqualTo(countMax * 9 / 10);
    }

    @Test
    void norByManyThreadsAtOnce() {
        KnownDevices some = knownDevices(500);
        IntStream.range(0, 4).parallel().forEach(thread -> {
            for (int device = 0; device < 2_000; device++) {
                some.heard(told(device * (thread + 1) % 1_777, 1), "a", some.tick());
                assertThat(some.count()).isLessThanOrEqualTo(500);
            }
        });
        assertThat(some.count()).isGreaterThan(450);
    }

    @Test
    void whoWasHeardLongestAgoIsForgottenFirst() {
        KnownDevices two = knownDevices(2);
        two.heard(told(1, 1), "a", two.tick());
        two.heard(told(2, 1), "a", two.tick());
        two.heard(told(1, 1), "a", two.tick());
        two.heard(told(3, 1), "a", two.tick());
        assertThat(two.recall(Instances.TENANT, id(1))).isPresent();
        assertThat(two.recall(Instances.TENANT, id(2))).isEmpty();
    }

    @Test
    void aQueueOfDevicesThatWaitPushesNobodyOut() {
        KnownDevices one = knownDevices(1);
        one.heard(told(1, 1), "a", one.tick());
        var ticket = new Ticket(QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null), 7);
        for (int device = 2; device < 100; device++) {
            one.missed(Instances.TENANT, id(device), one.tick());
            one.heard(in(device, new DeviceState.Waiting(ticket)), "a", one.tick());
        }
        assertThat(one.recall(Instances.TENANT, id(1))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"-1, PT1M", "10000001, PT1M", "10, PT0S", "10, PT-1S", "10, PT24H0.001S"})
    void limitsThatMakeNoSenseAreRefused(int countMax, Duration ageMax) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KnownDevices.Limits(countMax, ageMax));
    }

    /**
     * Calls that overlap in any way, of which each saw the document of some moment while it ran: what is recalled is never older than what any
     * call has seen that has returned.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsRecalledThatThisReplicaHasSeenReplaced(long seed) {
        var random = new Random(seed);
        KnownDevices few = new KnownDevices(new KnownDevices.Limits(3, AGE_MAX), ticks::get);
        var calls = new ArrayList<Call>();
        for (int i = 0; i < 20_000; i++) {
            long at = random.nextLong(1, 40_000);
            calls.add(new Call(random.nextInt(6), at - random.nextLong(20), at, at + random.nextLong(20)));
        }
        calls.sort(Comparator.comparingLong(Call::ended));
        var newest = new HashMap<Integer, Long>();
        int recalls = 0;
        for (Call call : calls) {
            ticks.set(call.ended());
            few.heard(told(call.device(), call.generation()), "v" + call.generation(), call.began());
            newest.merge(call.device(), call.generation(), Math::max);
            for (int device = 0; device < 6; device++) {
                Optional<Long> recalled = generation(few, device);
                if (recalled.isPresent()) {
                    recalls++;
                    assertThat(recalled.get()).as("seed %d", seed).isGreaterThanOrEqualTo(newest.get(device));
                }
            }
        }
        assertThat(recalls).as("seed %d: it is not always silent", seed).isGreaterThan(1_000);
    }

    /** @param at when the document was as the call saw it: it is written every four ticks */
    private record Call(int device, long began, long at, long ended) {
        long generation() {
            return 1 + at / 4;
        }
    }

    private KnownDevices knownDevices(int countMax) {
        return new KnownDevices(new KnownDevices.Limits(countMax, AGE_MAX), ticks::incrementAndGet);
    }

    private void hear(Device device, String version) {
        known.heard(device, version, known.tick());
    }

    private Optional<Long> recalledGeneration(int device) {
        return generation(known, device);
    }

    private static Optional<Long> generation(KnownDevices known, int device) {
        return known.recall(Instances.TENANT, id(device))
                .map(found -> found.state().assignment().generation());
    }

    private static RegistrationId id(int device) {
        return Replica.identity(device).registrationId();
    }

    private static Device told(int device, long generation) {
        return in(device, new DeviceState.Told(assignment(generation)));
    }

    private static Device in(int device, DeviceState state) {
        return Device.first(Replica.identity(device), state, NOW);
    }

    private static Assignment assignment(long generation) {
        return new Assignment(new DpsInstanceId(Instances.TENANT, "dps-1"), generation, NOW);
    }
}
