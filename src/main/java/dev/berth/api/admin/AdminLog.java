package dev.berth.api.admin;

import dev.berth.api.contract.Operation;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.RefusalAllowance;
import dev.berth.api.problem.RequestId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What every log line of an administrator's request carries, and one line per answer: good ones at debug, refusals at info, of those so many
 * a second. Lines name the operation, never the address that the caller wrote.
 */
final class AdminLog {
    static final int CALLER_LENGTH_MAX = 128;

    private static final Logger LOG = Logger.getLogger("dev.berth.access");
    private static final String REQUEST_ID = "requestId";
    private static final String OPERATION = "operation";
    private static final String CALLER = "caller";
    private static final String TENANT = "tenant";
    private static final String PROBLEM = "problem";

    private final RefusalAllowance refusals = new RefusalAllowance(LOG);

    static void request(RequestId request) {
        List.of(OPERATION, CALLER, TENANT, PROBLEM).forEach(MDC::remove);
        MDC.put(REQUEST_ID, request.value());
    }

    static void call(Call call) {
        operation(call.operation());
        call.caller().ifPresent(caller -> MDC.put(CALLER, safe(caller.name())));
        call.namedTenant().ifPresent(tenant -> MDC.put(TENANT, tenant.value()));
    }

    static void operation(Operation operation) {
        MDC.put(OPERATION, operation.id());
    }

    static void problem(ProblemType problem) {
        MDC.put(PROBLEM, problem.slug());
    }

    /** Logs with what this request's lines carry. */
    void answered(int status, long startNanos) {
        long now = System.nanoTime();
        if (status < 400) {
            LOG.debugf(
                    "administrator answered with %d in %d us", status, TimeUnit.NANOSECONDS.toMicros(now - startNanos));
        } else if (refusals.covers(now)) {
            LOG.infof("administrator refused with %d", status);
        }
    }

    /** A certificate or a token can say anything: no line breaks, and not at any length. */
    static String safe(String name) {
        var oneLine = name.replaceAll("[^\\P{C}]|[\\u2028\\u2029]", "?");
        return oneLine.length() <= CALLER_LENGTH_MAX ? oneLine : oneLine.substring(0, CALLER_LENGTH_MAX);
    }
}
