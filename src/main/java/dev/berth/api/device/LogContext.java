package dev.berth.api.device;

import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.RequestId;
import dev.berth.identity.DeviceIdentity;
import org.jboss.logging.MDC;

/** What every log line of a request carries; the keys are those of the whole service. */
final class LogContext {
    static final String REQUEST_ID = "requestId";
    static final String TENANT = "tenant";
    static final String REGISTRATION_ID = "registrationId";
    static final String PROBLEM = "problem";

    private LogContext() {}

    static void request(RequestId request) {
        MDC.put(REQUEST_ID, request.value());
    }

    static void device(DeviceIdentity device) {
        MDC.put(TENANT, device.origin().value());
        MDC.put(REGISTRATION_ID, device.registrationId().value());
    }

    static void problem(ProblemType problem) {
        MDC.put(PROBLEM, problem.slug());
    }

    static void clear() {
        MDC.remove(PROBLEM);
        MDC.remove(REQUEST_ID);
        MDC.remove(TENANT);
        MDC.remove(REGISTRATION_ID);
    }
}
