package dev.berth.simulation;

import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.ClockOffset;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;

/** One Berth: the real service and scheduler, over a connection to the store and with a clock of its own. */
final class Replica {
    private final Estate estate;
    private final SchedulingSettings settings;
    private final ReplicaClock clock;
    private final StoreLink store;
    private Memory memory;
    private int stops;

    Replica(Estate estate, SchedulingSettings settings, ReplicaClock clock, StoreLink store) {
        this.estate = estate;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.memory = new Memory();
    }

    ProvisioningService service() {
        return memory.service;
    }

    InstanceHealth health() {
        return memory.health;
    }

    ReplicaClock clock() {
        return clock;
    }

    /** What a replica does each second by itself. */
    void upkeep() {
        if (answers() && !store.isCut()) {
            memory.pools.look();
        }
        if (answers() && !isWriting()) {
            memory.offset.measure();
            memory.scheduler.tidy();
        }
    }

    /** Whether it takes calls. */
    boolean answers() {
        return stops == 0;
    }

    /** Whether it is at something, and takes another call only afterwards. */
    boolean isWriting() {
        return store.isWriting();
    }

    /** It stands still, until it resumes as often as it was stopped; what it was about to write is not written. */
    void stop() {
        stops++;
        store.cut();
    }

    /** It goes on, first with what was due meanwhile. */
    void resume() {
        stops--;
        store.mend();
        upkeep();
    }

    /** Starts anew, and knows nothing of what it held. */
    void restart() {
        stops--;
        store.mend();
        memory = new Memory();
    }

    void cutFromStore() {
        store.cut();
    }

    void reachStore() {
        store.mend();
        upkeep();
    }

    /** All that a replica has in memory. */
    private final class Memory {
        final ReplicaPools pools = new ReplicaPools(estate);
        final InstanceHealth health = new InstanceHealth();
        final ClockOffset offset = new ClockOffset(store, settings, clock, clock::ticks);
        final Scheduler scheduler =
                new Scheduler(store, store, health, offset, settings, clock, Runnable::run, SchedulingEvents.NONE);
        final ProvisioningService service =
                new ProvisioningService(store, pools, scheduler, settings, clock, ProvisioningEvents.NONE);

        Memory() {
            offset.measure();
        }
    }
}
