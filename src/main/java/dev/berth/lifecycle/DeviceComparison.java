package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other way round: goes through the devices that are assigned to an instance, and looks which of them were seen there. One that Berth
 * believed to be registered, and that no group listed, is looked at alone before it is called missing: it may have come by an individual
 * enrollment, or from a group that nobody remembers, or while the list was being read.
 */
final class DeviceComparison {
    private static final int PAGE_SIZE = 1_000;
    private static final Tally UNGROUPED = new Tally(0, 0, 0, 1, 0, Map.of());
    private static final Tally UNCHECKED = new Tally(0, 0, 0, 0, 1, Map.of());

    private final DpsInstanceId instance;
    private final Devices devices;
    private final RegistrationJudge judge;
    private final LookUps lookUps;
    private final CountMemory memory;
    private final long epoch;
    private final Instant startedAt;
    private final InstantSource clock;
    private @Nullable String cursor;
    private boolean begun;
    private Tally tally = Tally.NONE;
    private long olderNotSeen;
    private long newerSeen;

    /** @param epoch that began with the count */
    DeviceComparison(
            DpsInstanceId instance,
            Devices devices,
            RegistrationJudge judge,
            LookUps lookUps,
            CountMemory memory,
            long epoch,
            Instant startedAt,
            InstantSource clock) {
        this.instance = instance;
        this.devices = devices;
        this.judge = judge;
        this.lookUps = lookUps;
        this.memory = memory;
        this.epoch = epoch;
        this.startedAt = startedAt;
        this.clock = clock;
    }

    /** Reads one page; false if there is none left to read. */
    boolean readPage() {
        if (begun && cursor == null) {
            return false;
        }
        begun = true;
        var page = devices.byInstance(instance, PAGE_SIZE, cursor);
        page.devices().forEach(this::compare);
        cursor = page.cursor();
        return true;
    }

    Tally tally() {
        return tally;
    }

    /** What the capacity that was taken in older epochs stands for; see {@link LedgerSettlement}. */
    long olderUnits() {
        return memory.size() + olderNotSeen - newerSeen;
    }

    private void compare(Versioned<Device> stored) {
        var assignment =
                stored.value().assignment().filter(found -> found.instance().equals(instance));
        if (assignment.isEmpty()) {
            return; // it went elsewhere since the page was found by the index
        }
        boolean newer = assignment.get().epoch() >= epoch;
        if (isSeen(stored)) {
            newerSeen += newer ? 1 : 0;
        } else {
            olderNotSeen += newer ? 0 : 1;
        }
    }

    private boolean isSeen(Versioned<Device> stored) {
        var device = stored.value();
        var id = device.registrationId().value();
        return memory.hasSeen(id)
                || (device.state() instanceof DeviceState.Registered
                        && device.stateSince().isBefore(startedAt)
                        && isThere(stored, id));
    }

    private boolean isThere(Versioned<Device> stored, String id) {
        return switch (lookUps.here(id)) {
            case LookUps.Sight.There(var registration) -> {
                memory.see(id);
                tally = tally.plus(Tally.of(judge.judge(registration))).plus(UNGROUPED);
                yield true;
            }
            case LookUps.Sight.NotThere() -> {
                missed(stored);
                yield false;
            }
            case LookUps.Sight.NotLooked() -> {
                tally = tally.plus(UNCHECKED);
                yield false;
            }
        };
    }

    /** Unless the device itself came first: then it knows better. */
    private void missed(Versioned<Device> stored) {
        var device = stored.value();
        if (devices.replace(device.withoutRegistration(clock.instant()), stored.version())
                .isPresent()) {
            tally = tally.plus(memory.add(
                    new Finding(Finding.Kind.MISSING, device.registrationId().value(), instance, device.stateSince())));
        }
    }
}
