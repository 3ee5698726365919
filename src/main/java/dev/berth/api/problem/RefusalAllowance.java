package dev.berth.api.problem;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** How many refusals a second a listener may log, so that a hostile crowd cannot fill the disk; the others are counted. */
public final class RefusalAllowance {
    public static final int PER_SECOND_MAX = 20;

    private final Logger log;
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    public RefusalAllowance(Logger log) {
        this.log = log;
    }

    /** Whether the refusal at {@code nanos} may be logged. Roughly right: two threads that turn the second over together let a line more through. */
    public boolean covers(long nanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (second.getAndSet(now) != now) {
            long unsaid = refusals.getAndSet(0) - PER_SECOND_MAX;
            if (unsaid > 0) {
                log.infof("%d more refusals were not logged", unsaid);
            }
        }
        return refusals.incrementAndGet() <= PER_SECOND_MAX;
    }
}
