package dev.berth.simulation;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DevicePage;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Ledgers;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.Queues;
import dev.berth.scheduling.StoreTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One replica's connection to the store, which can break, and can lose the answers to writes that were done. */
final class StoreLink implements Ledgers, Queues, Devices, StoreTime {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SimulatedStore store;
    private final InstantSource clock;
    private final double lostAnswerShare;
    private final RandomGenerator random;
    private final SlowWrites slowWrites;
    private int cuts;
    private boolean writing;

    StoreLink(
            SimulatedStore store,
            InstantSource clock,
            double lostAnswerShare,
            SlowWrites slowWrites,
            RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.lostAnswerShare = lostAnswerShare;
        this.slowWrites = slowWrites;
        this.random = random;
    }

    /** It is broken, until it was mended as often. */
    void cut() {
        cuts++;
    }

    void mend() {
        cuts--;
    }

    boolean isCut() {
        return cuts > 0;
    }

    /** Exact, since nobody's clock is behind it but the simulation's. */
    @Override
    public Reading read() {
        reach();
        return new Reading(clock.instant(), Duration.ZERO);
    }

    /** Whether a write is under way; then its replica takes no other call, since one thread plays them all. */
    boolean isWriting() {
        return writing;
    }

    @Override
    public Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
        reach();
        return store.ledger(instance);
    }

    @Override
    public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger ledger) {
        reachToWrite();
        Optional<String> written = store.swap(instance, expectedVersion, ledger);
        if (isLost(written)) {
            store.ledgerAnswerLost();
            throw lostAnswer();
        }
        return written;
    }

    @Override
    public Optional<Versioned<QueueState>> find(QueueKey queue) {
        reach();
        return store.queue(queue);
    }

    @Override
    public Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
        reach();
        return store.queuesOf(owner);
    }

    @Override
    public Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
        reachToWrite();
        return answered(store.swap(queue, expectedVersion, state));
    }

    @Override
    public Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId) {
        reach();
        return store.device(Fleet.numberOf(registrationId));
    }

    @Override
    public Optional<String> insert(Device device) {
        reachToWrite();
        return answered(store.insert(Fleet.numberOf(device.registrationId()), device));
    }

    @Override
    public Optional<String> replace(Device device, String expectedVersion) {
        reachToWrite();
        return answered(store.replace(Fleet.numberOf(device.registrationId()), device, expectedVersion));
    }

    @Override
    public DevicePage byOwner(TenantId owner, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("nobody lists devices here");
    }

    @Override
    public DevicePage byOwnerAndState(TenantId owner, DeviceState.Kind state, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("nobody lists devices here");
    }

    @Override
    public DevicePage byInstance(DpsInstanceId instance, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException("nobody lists devices here");
    }

    private void reach() {
        if (isCut()) {
            throw new RepositoryUnavailableException("the store is out of reach", false, RETRY_AFTER, null);
        }
    }

    private void reachToWrite() {
        reach();
        writing = true;
        slowWrites.perhapsWait();
        writing = false;
        reach();
    }

    private Optional<String> answered(Optional<String> written) {
        if (isLost(written)) {
            throw lostAnswer();
        }
        return written;
    }

    private boolean isLost(Optional<String> written) {
        return lostAnswerShare > 0 && written.isPresent() && random.nextDouble() < lostAnswerShare;
    }

    private static RepositoryUnavailableException lostAnswer() {
        return new RepositoryUnavailableException("the answer is lost", true, RETRY_AFTER, null);
    }
}
