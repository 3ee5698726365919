package dev.berth.emulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.fault.FaultTarget;
import dev.berth.emulator.instance.DeviceRegistration;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.issuing.CertificateRequest;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.DpsError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The device API, the same over HTTPS and MQTT. It runs on event loops: nothing behind it waits. */
public final class DeviceApi {
    private static final Logger LOG = System.getLogger(DeviceApi.class.getName());

    private final Instances instances;

    public DeviceApi(Instances instances) {
        this.instances = instances;
    }

    /** What is to go wrong with a request, which is decided once, before it is answered. */
    public FaultPlan plan(DeviceCall call) {
        var instance = instances.find(call.idScope());
        return instance == null ? FaultPlan.NONE : instance.faults().plan(target(call));
    }

    private static FaultTarget target(DeviceCall call) {
        return switch (call) {
            case DeviceCall.Register register -> FaultTarget.REGISTER;
            case DeviceCall.OperationStatus status -> FaultTarget.POLL;
            case DeviceCall.StatusLookup lookup -> FaultTarget.LOOKUP;
        };
    }

    public Outcome answer(DeviceRequest request) {
        try {
            return RequestCheck.error(request)
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> judged(request));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "device request failed", e);
            return new Outcome.Refused(DpsError.INTERNAL);
        }
    }

    private Outcome judged(DeviceRequest request) {
        var evidence = request.evidence();
        if (evidence.isEmpty() && !startsWithTpm(request)) {
            return new Outcome.Refused(DpsError.UNAUTHORIZED);
        }
        var instance = instances.find(request.call().idScope());
        if (instance == null) {
            return new Outcome.Refused(DpsError.NOT_FOUND);
        }
        return switch (request.call()) {
            case DeviceCall.Register(var scope, var id) -> instance.register(id, evidence, registration(request));
            case DeviceCall.OperationStatus(var scope, var id, var operation) -> instance.poll(id, operation, evidence);
            case DeviceCall.StatusLookup(var scope, var id) -> instance.lookUp(id, evidence);
        };
    }

    /** A TPM has nothing to show before it was challenged. */
    private static boolean startsWithTpm(DeviceRequest request) {
        return request.call() instanceof DeviceCall.Register
                && registration(request).tpm() != null;
    }

    /** Older api-versions know no csr, so whatever they call so is not looked at. */
    static @Nullable CertificateRequest csr(JsonNode body, ApiVersion version) {
        return version.issuesCertificates() && body.hasNonNull("csr")
                ? CertificateRequest.read(body.path("csr").asText()).orElse(null)
                : null;
    }

    /** The body, which has been checked; an empty one is fine. */
    private static DeviceRegistration registration(DeviceRequest request) {
        var version = ApiVersion.of(request.apiVersion());
        return Json.read(request.body())
                .map(body -> new DeviceRegistration(version, body.get("payload"), body.get("tpm"), csr(body, version)))
                .orElseGet(() -> DeviceRegistration.of(version));
    }
}
