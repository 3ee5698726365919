package dev.berth.simulation;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A fleet on a virtual clock, from the first ask until nothing more is expected of any device. One thread; everything that happens follows
 * from the plan, so the same plan gives the same events, bit for bit, and the same {@link #digest}.
 */
public final class Simulation {
    private static final int KIND_BITS = 32;
    private static final long ASK = 0;
    private static final long ARRIVE = 1L << KIND_BITS;
    private static final long UPKEEP = 2L << KIND_BITS;
    private static final long TROUBLE = 3L << KIND_BITS;
    private static final long ECHO = 4L << KIND_BITS;

    private static final long SECOND = 1_000_000_000L;
    private static final long ANSWER_TIMEOUT = 30 * SECOND;
    private static final long ECHO_WITHIN = SECOND / 4;
    private static final long LATE_MEAN = 20 * SECOND;

    private final SimulationPlan plan;
    private final World world;
    private final RandomGenerator random;
    private final EventQueue events = new EventQueue();
    private final Tally tally;
    private final Troubles troubles;
    private final Course course;
    private final Losses losses;
    private final Digest digest = new Digest();

    public Simulation(SimulationPlan plan) {
        this.plan = plan;
        this.world = new World(plan);
        this.random = world.random.split();
        this.tally = new Tally(plan);
        this.troubles = new Troubles(world);
        this.course = new Course(plan.instancesEver());
        this.losses = new Losses(plan, random);
    }

    /**
     * Runs it once.
     *
     * @param wallNanos real time, to say how long it took
     * @throws BrokenPromiseException at the first event after which a promise of Berth's does not hold
     */
    public SimulationResult run(LongSupplier wallNanos) {
        long began = wallNanos.getAsLong();
        world.slowWrites.during(this::pass);
        begin();
        while (tally.settled() < plan.devices() && events.advance()) {
            happen();
        }
        return tally.result(world, (wallNanos.getAsLong() - began) / 1e9);
    }

    /** Of all events that happened, in their order. */
    public long digest() {
        return digest.value();
    }

    /** Devices that know that they are registered. */
    public int registeredDevices() {
        return tally.registeredDevices();
    }

    /** Writes that were refused because another replica's came between them and what they rest on. */
    public long storeConflicts() {
        return world.store.conflicts();
    }

    public long eventCount() {
        return world.promises.events();
    }

    public Course course() {
        return course;
    }

    private void begin() {
        events.add(world.fleet.firstAsk(0), ASK);
        for (int i = 0; i < world.replicas.size(); i++) {
            events.add(SECOND * (i + 1) / world.replicas.size(), UPKEEP | i);
        }
        for (int i = 0; i < troubles.count(); i++) {
            events.add(troubles.at(i), TROUBLE | i);
        }
    }

    /** So much time passes, with all that is due in it. */
    private void pass(long nanos) {
        long end = world.clock.nanos() + nanos;
        while (tally.settled() < plan.devices() && events.advanceUpTo(end)) {
            happen();
        }
        world.clock.advanceTo(end);
    }

    private void happen() {
        world.clock.advanceTo(events.at());
        world.promises.nextEvent();
        digest.note(events.at() ^ events.event());
        happen(events.event() & -ARRIVE, (int) events.event());
    }

    private void happen(long kind, int subject) {
        if (kind == ASK) {
            ask(subject);
        } else if (kind == ARRIVE) {
            arrive(subject);
        } else if (kind == UPKEEP) {
            world.replicas.get(subject).upkeep();
            after(SECOND, UPKEEP | subject);
        } else if (kind == TROUBLE) {
            troubles.happen(subject);
        } else if (!world.fleet.isRegistered(subject)) {
            noteTold(subject, world.policy.ask(subject));
        }
    }

    private void ask(int device) {
        long now = world.clock.nanos();
        if (world.fleet.asksFirst(device)) {
            course.asked(now);
            if (device + 1 < plan.devices()) {
                events.add(world.fleet.firstAsk(device + 1), ASK | device + 1);
            }
        }
        if (world.policy.asksSomebody()) {
            tally.called();
        }
        if (happens(plan.hardship().askedTwiceShare())) {
            after(random.nextLong(ECHO_WITHIN), ECHO | device);
        }
        Move move = world.policy.ask(device);
        if (happens(plan.hardship().lostAnswerShare())) {
            noteTold(device, move);
            after(ANSWER_TIMEOUT, ASK | device);
        } else {
            go(device, move);
        }
    }

    private void go(int device, Move move) {
        switch (move) {
            case Move.Ask(long at) -> events.add(at, ASK | device);
            case Move.GiveUp() -> tally.gaveUp();
            case Move.Register register -> {
                noteTold(device, move);
                sleep(device, register.arrivesAt());
            }
        }
    }

    /** It is lost, or oversleeps and asks again, or is there in time. */
    private void sleep(int device, long arrivesAt) {
        if (world.fleet.sleepsFirst(device) && losses.isLost()) {
            tally.lost();
        } else if (happens(plan.hardship().lateShare())) {
            long late = plan.spread().registerWithin().toNanos() - (long) (LATE_MEAN * Math.log(random.nextDouble()));
            events.add(arrivesAt + late, ASK | device);
        } else {
            events.add(arrivesAt, ARRIVE | device);
        }
    }

    private void arrive(int device) {
        long now = world.clock.nanos();
        int instance = world.fleet.instance(device);
        DpsModel dps = world.dps[instance];
        tally.called();
        DpsModel.Answer answer = dps.register(now);
        if (plan.policy() == PolicyName.BERTH) {
            world.promises.arrived(instance, dps, answer);
        }
        if (answer != DpsModel.Answer.ASSIGNED) {
            go(device, world.policy.failed(device, instance));
            return;
        }
        course.registered(instance, now);
        if (happens(plan.hardship().lostAnswerShare())) {
            after(ANSWER_TIMEOUT, ASK | device);
        } else {
            world.policy.registered(device, instance);
            if (plan.policy() != PolicyName.BERTH) {
                tally.told(instance, now); // nobody told them; what counts is what DPS took
            }
            world.fleet.registeredAt(device, now);
            tally.registered(now);
        }
    }

    private void noteTold(int device, Move move) {
        if (move instanceof Move.Register(int instance, long slot, long arrivesAt)) {
            digest.note(slot * plan.instances() + instance);
            if (!world.fleet.wasTold(device)) {
                course.told(world.clock.nanos());
                world.contention.told(device);
            }
            if (world.fleet.isTold(device, instance, slot) && plan.policy() == PolicyName.BERTH) {
                tally.told(instance, slot);
                world.promises.told(device, instance, slot);
            }
        }
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private void after(long nanos, long event) {
        events.add(world.clock.nanos() + nanos, event);
    }
}
