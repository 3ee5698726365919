package dev.berth.simulation;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all replicas share: each value by itself is replaced by compare-and-swap. Values are kept as they are, since speed counts. */
final class SimulatedStore {
    private static final String FIRST = "1";

    private final Estate estate;
    private final Promises promises;
    private final Contention contention;
    private final Map<DpsInstanceId, Versioned<Ledger>> ledgers = new HashMap<>();
    private final Map<QueueKey, Versioned<QueueState>> queues = new LinkedHashMap<>();
    private final Optional<Versioned<Device>>[] devices;
    private long version = 1;
    private long schedulingWrites;
    private long deviceWrites;
    private long conflicts;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of Optional<…>; one object less for each device and look-up
    SimulatedStore(int devices, Estate estate, Promises promises, Contention contention) {
        this.devices = new Optional[devices];
        this.estate = estate;
        this.promises = promises;
        this.contention = contention;
    }

    Optional<Versioned<Ledger>> ledger(DpsInstanceId instance) {
        return Optional.ofNullable(ledgers.get(instance));
    }

    Optional<String> swap(DpsInstanceId instance, @Nullable String expected, Ledger next) {
        if (!isAt(ledgers.get(instance), expected)) {
            return conflict();
        }
        promises.committed(estate.numberOf(instance), next.committed());
        schedulingWrites++;
        String written = Long.toString(++version);
        ledgers.put(instance, new Versioned<>(next, written));
        return Optional.of(written);
    }

    Optional<Versioned<QueueState>> queue(QueueKey key) {
        return Optional.ofNullable(queues.get(key));
    }

    Map<QueueKey, Versioned<QueueState>> queuesOf(TenantId owner) {
        var found = new LinkedHashMap<>(queues);
        found.keySet().removeIf(key -> !key.owner().equals(owner));
        return found;
    }

    Optional<String> swap(QueueKey key, @Nullable String expected, QueueState next) {
        if (!isAt(queues.get(key), expected)) {
            return conflict();
        }
        schedulingWrites++;
        String written = Long.toString(++version);
        queues.put(key, new Versioned<>(next, written));
        contention.queued(key, next.waiting());
        return Optional.of(written);
    }

    @SuppressWarnings("OptionalAssignedToNull") // an array begins with nulls
    Optional<Versioned<Device>> device(int number) {
        return devices[number] == null ? Optional.empty() : devices[number];
    }

    Optional<String> insert(int number, Device device) {
        if (device(number).isPresent()) {
            return conflict();
        }
        return write(number, device, FIRST);
    }

    Optional<String> replace(int number, Device device, String expected) {
        return isAt(device(number).orElse(null), expected)
                ? write(number, device, Long.toString(++version))
                : conflict();
    }

    /** What was there before the simulation begins. */
    void put(DpsInstanceId instance, Ledger ledger) {
        ledgers.put(instance, new Versioned<>(ledger, FIRST));
    }

    /** What was there before the simulation begins. */
    void put(int number, Device device) {
        devices[number] = Optional.of(new Versioned<>(device, FIRST));
        judge(number, device);
    }

    /** Whoever wrote a ledger will never know. */
    void ledgerAnswerLost() {
        promises.blockLost();
    }

    /** Writes to ledgers and queues. */
    long schedulingWrites() {
        return schedulingWrites;
    }

    /** Writes that were refused because another came first. */
    long conflicts() {
        return conflicts;
    }

    long deviceWrites() {
        return deviceWrites;
    }

    private Optional<String> write(int number, Device device, String written) {
        deviceWrites++;
        judge(number, device);
        devices[number] = Optional.of(new Versioned<>(device, written));
        return Optional.of(written);
    }

    private Optional<String> conflict() {
        conflicts++;
        return Optional.empty();
    }

    private void judge(int number, Device device) {
        if (device.state() instanceof DeviceState.Bound bound) {
            Assignment assignment = bound.assignment();
            promises.assigned(number, estate.numberOf(assignment.instance()), assignment.generation());
        }
    }

    private static boolean isAt(@Nullable Versioned<?> current, @Nullable String expected) {
        return current == null ? expected == null : current.version().equals(expected);
    }
}
