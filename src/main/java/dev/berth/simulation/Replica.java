package dev.berth.simulation;

import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import java.time.InstantSource;

/** One Berth: the real service and scheduler, over one connection to the store and with a clock of its own. */
final class Replica {
    private final Estate estate;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final StoreLink store;
    private ReplicaPools pools;
    private InstanceHealth health = new InstanceHealth();
    private Scheduler scheduler;
    private ProvisioningService service;
    private int stops;

    Replica(Estate estate, SchedulingSettings settings, InstantSource clock, StoreLink store) {
        this.estate = estate;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.pools = new ReplicaPools(estate);
        this.scheduler = newScheduler();
        this.service = newService();
    }

    ProvisioningService service() {
        return service;
    }

    InstanceHealth health() {
        return health;
    }

    /** What a replica does each second by itself. */
    void upkeep() {
        if (answers()) {
            if (!store.isCut()) {
                pools.look();
            }
            scheduler.tidy();
        }
    }

    /** Whether it takes calls. */
    boolean answers() {
        return stops == 0;
    }

    /** It stands still, until it resumes as often as it was stopped. */
    void stop() {
        stops++;
    }

    /** It goes on, first with what was due meanwhile. */
    void resume() {
        stops--;
        upkeep();
    }

    /** Starts anew, and knows nothing of what it held. */
    void restart() {
        pools = new ReplicaPools(estate);
        health = new InstanceHealth();
        scheduler = newScheduler();
        service = newService();
        resume();
    }

    void cutFromStore() {
        store.cut();
    }

    void reachStore() {
        store.mend();
        upkeep();
    }

    private Scheduler newScheduler() {
        return new Scheduler(store, store, health, settings, clock, Runnable::run, SchedulingEvents.NONE);
    }

    private ProvisioningService newService() {
        return new ProvisioningService(store, pools, scheduler, settings, clock, ProvisioningEvents.NONE);
    }
}
