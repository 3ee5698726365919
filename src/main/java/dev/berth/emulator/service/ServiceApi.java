package dev.berth.emulator.service;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.protocol.ApiVersions;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/** The service API of all instances. It runs on event loops: nothing behind it waits. */
public final class ServiceApi {
    private static final Logger LOG = System.getLogger(ServiceApi.class.getName());

    private final Ticker ticker;
    private final Answers answers;

    public ServiceApi(Ticker ticker) {
        this.ticker = ticker;
        this.answers = new Answers(ticker);
    }

    public ServiceAnswer answer(EmulatedInstance instance, ServiceRequest request) {
        try {
            return switch (ServiceRoute.of(request.method(), request.path())) {
                case ServiceRoute.Unknown unknown -> answers.refused(DpsError.NOT_FOUND, "");
                case ServiceRoute.OtherMethod(var allow) ->
                    with("Allow", allow, answers.refused(DpsError.METHOD_NOT_ALLOWED, ""));
                case ServiceRoute.Found(var call) -> admitted(instance, request, call);
            };
        } catch (InvalidConfigException e) {
            return answers.refused(DpsError.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "service request failed", e);
            return answers.refused(DpsError.INTERNAL, "");
        }
    }

    /** A request that carries no right token takes no quota. */
    private ServiceAnswer admitted(EmulatedInstance instance, ServiceRequest request, ServiceCall call) {
        var flaw = TokenCheck.flaw(instance, request, call.permission(), ticker.now());
        if (flaw.isPresent()) {
            return answers.refused(DpsError.SERVICE_UNAUTHORIZED, flaw.get());
        }
        var quota = instance.operations();
        if (!quota.tryAcquire()) {
            return with(
                    "Retry-After",
                    Integer.toString(quota.retryAfterSeconds()),
                    answers.refused(DpsError.THROTTLED, ""));
        }
        return ApiVersions.known(request.apiVersion())
                ? done(instance, request, call)
                : answers.refused(DpsError.UNSUPPORTED_API_VERSION, "");
    }

    private ServiceAnswer done(EmulatedInstance instance, ServiceRequest request, ServiceCall call) {
        var registrations = new RegistrationCalls(instance, answers);
        return switch (call) {
            case ServiceCall.GetEnrollment(var kind, var id) -> new EnrollmentCalls(instance, kind, answers).get(id);
            case ServiceCall.PutEnrollment(var kind, var id) ->
                new EnrollmentCalls(instance, kind, answers).put(id, request);
            case ServiceCall.DeleteEnrollment(var kind, var id) ->
                new EnrollmentCalls(instance, kind, answers).delete(id, request);
            case ServiceCall.GetAttestation(var kind, var id) ->
                new EnrollmentCalls(instance, kind, answers).attestation(id);
            case ServiceCall.QueryEnrollments(var kind) -> new EnrollmentCalls(instance, kind, answers).query(request);
            case ServiceCall.Bulk(var kind) -> new BulkCall(instance, kind, answers).run(request);
            case ServiceCall.GetRegistration(var id) -> registrations.get(id);
            case ServiceCall.DeleteRegistration(var id) -> registrations.delete(id, request);
            case ServiceCall.QueryRegistrations(var group) -> registrations.query(group, request);
        };
    }

    private static ServiceAnswer with(String header, String value, ServiceAnswer answer) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put(header, value);
        return new ServiceAnswer(answer.status(), headers, answer.body());
    }
}
