package dev.berth.enrollment;

import dev.berth.scheduling.Gcra;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps what this replica asks of one DPS instance's service API within a part of the instance's operations quota.
 *
 * <p>Only a part, because others call it as well: the operator's own tools, the allocation of devices, another replica that counts while this
 * one syncs. A burst is let through at once, so that a few operations do not wait; the burst and what trickles after it together stay
 * within the part, in any 60 s. An answer of 429 says that others took more than was thought: then nothing is sent for a while.
 */
public final class OperationPace {
    /** The part of the quota, in percent. */
    static final int SHARE_PERCENT = 40;

    /** How long an instance is left alone that answered 429; the client does not tell how long it asked for. */
    static final Duration AFTER_THROTTLING = Duration.ofSeconds(15);

    private static final int BURST_PERCENT = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Pause pause;
    private Gcra pace;
    private Instant paidUntil = Instant.MIN;
    private Instant quietUntil = Instant.MIN;

    public OperationPace(int operationsPerMinute, InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        this.pace = pace(operationsPerMinute);
    }

    /** The quota as it is from now on. */
    public synchronized void limit(int operationsPerMinute) {
        pace = pace(operationsPerMinute);
    }

    /** Returns when one operation may be sent, and counts it. */
    public void await() throws InterruptedException {
        for (var wait = tryTake(); wait.isPositive(); wait = tryTake()) {
            pause.sleep(wait);
        }
    }

    /** The instance answered 429. */
    public synchronized void throttled() {
        quietUntil = clock.instant().plus(AFTER_THROTTLING);
    }

    private synchronized Duration tryTake() {
        Instant now = clock.instant();
        if (quietUntil.isAfter(now)) {
            return Duration.between(now, quietUntil);
        }
        return switch (pace.decide(paidUntil, now)) {
            case Gcra.Decision.Allowed(Instant until) -> {
                paidUntil = until;
                yield Duration.ZERO;
            }
            case Gcra.Decision.Denied(Duration retryIn) -> retryIn;
        };
    }

    private static Gcra pace(int operationsPerMinute) {
        int part = Math.max(1, (int) ((long) operationsPerMinute * SHARE_PERCENT / 100));
        int burst = Math.max(1, part * BURST_PERCENT / 100);
        // One operation a minute leaves nothing beside the burst: a little more than a minute apart.
        return new Gcra(part == burst ? MINUTE.plusSeconds(1) : MINUTE.dividedBy(part - burst), burst);
    }
}
