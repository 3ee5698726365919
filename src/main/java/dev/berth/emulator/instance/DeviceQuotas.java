package dev.berth.emulator.instance;

import java.time.Duration;

/** What the devices of one instance may still ask of it; guarded by {@link MeteredRegistrations}. */
final class DeviceQuotas {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Quotas quotas;
    private final PollWindows polls;
    private RateWindow minute;

    DeviceQuotas(Quotas quotas) {
        this.quotas = quotas;
        this.polls = new PollWindows(quotas.pollsPer10Seconds());
        this.minute = freshMinute();
    }

    boolean tryRegister(long now) {
        return minute.tryAcquire(now);
    }

    boolean tryLookUp(long now) {
        return !quotas.lookupsCountAsRegistrations() || minute.tryAcquire(now);
    }

    boolean tryPoll(String registrationId, long now) {
        return polls.tryAcquire(Registrations.key(registrationId), now);
    }

    /** Whether so many records leave no place for another. */
    boolean full(int registered) {
        return registered >= quotas.registrationsMax();
    }

    /** Gives back all that was spent. */
    void reset() {
        polls.clear();
        minute = freshMinute();
    }

    private RateWindow freshMinute() {
        return quotas.window().open(quotas.registrationsPerMinute(), MINUTE);
    }
}
