package dev.berth.api.device;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** One line per answer: good ones at debug, refusals at info, of those so many a second that a hostile crowd cannot fill the disk. */
final class AccessLog {
    static final int REFUSALS_PER_SECOND_MAX = 20;

    private static final Logger LOG = Logger.getLogger("dev.berth.access");

    private final AtomicLong second = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    /** Logs with what {@link LogContext} holds on this thread. */
    void answered(Exchange exchange, Reply reply) {
        reply.problem()
                .ifPresentOrElse(
                        problem -> {
                            if (mayLogRefusal(System.nanoTime())) {
                                LogContext.problem(problem);
                                LOG.infof("refused %s with %d", exchange.label(), reply.status());
                            }
                        },
                        () -> {
                            if (LOG.isDebugEnabled()) {
                                LOG.debugf(
                                        "answered %s with %d in %d us",
                                        exchange.label(),
                                        reply.status(),
                                        exchange.elapsed().toNanos() / 1_000);
                            }
                        });
    }

    /** A device that hangs up is no news; a handshake that breaks may be a certificate that only the engine looks at. */
    void handshakeFailed(Throwable cause) {
        if (cause instanceof SSLException && mayLogRefusal(System.nanoTime())) {
            LOG.infof("handshake failed: %s", cause.getMessage());
        }
    }

    /** Roughly right is enough: two threads that turn the second over together let a line more through. */
    boolean mayLogRefusal(long nanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (second.getAndSet(now) != now) {
            long unsaid = refusals.getAndSet(0) - REFUSALS_PER_SECOND_MAX;
            if (unsaid > 0) {
                LOG.infof("%d more refusals were not logged", unsaid);
            }
        }
        return refusals.incrementAndGet() <= REFUSALS_PER_SECOND_MAX;
    }
}
