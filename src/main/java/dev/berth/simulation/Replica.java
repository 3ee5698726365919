package dev.berth.simulation;

import dev.berth.provisioning.PoolSource;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import java.time.InstantSource;

/** One Berth: the real service and scheduler, over one connection to the store and with a clock of its own. */
final class Replica {
    private final PoolSource pools;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final StoreLink store;
    private InstanceHealth health = new InstanceHealth();
    private Scheduler scheduler;
    private ProvisioningService service;
    private boolean answers = true;

    Replica(PoolSource pools, SchedulingSettings settings, InstantSource clock, StoreLink store) {
        this.pools = pools;
        this.settings = settings;
        this.clock = clock;
        this.store = store;
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
        if (answers) {
            scheduler.tidy();
        }
    }

    /** Whether it takes calls. */
    boolean answers() {
        return answers;
    }

    void stop() {
        answers = false;
    }

    void resume() {
        answers = true;
    }

    /** Starts anew, and knows nothing of what it held. */
    void restart() {
        health = new InstanceHealth();
        scheduler = newScheduler();
        service = newService();
        answers = true;
    }

    void cutFromStore(boolean cut) {
        store.setCut(cut);
    }

    private Scheduler newScheduler() {
        return new Scheduler(store, store, health, settings, clock, Runnable::run, SchedulingEvents.NONE);
    }

    private ProvisioningService newService() {
        return new ProvisioningService(store, pools, scheduler, settings, clock, ProvisioningEvents.NONE);
    }
}
