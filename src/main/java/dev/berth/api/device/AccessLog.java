package dev.berth.api.device;

import dev.berth.api.problem.RefusalAllowance;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** One line per answer: good ones at debug, refusals at info, of those so many a second that a hostile crowd cannot fill the disk. */
final class AccessLog {
    private static final Logger LOG = Logger.getLogger("dev.berth.access");

    private final RefusalAllowance refusals = new RefusalAllowance(LOG);

    /** Logs with what {@link LogContext} holds on this thread. */
    void answered(Exchange exchange, Reply reply) {
        reply.problem()
                .ifPresentOrElse(
                        problem -> {
                            if (refusals.covers(System.nanoTime())) {
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
        if (cause instanceof SSLException && refusals.covers(System.nanoTime())) {
            LOG.infof("handshake failed: %s", cause.getMessage());
        }
    }
}
