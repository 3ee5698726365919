package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.fault.FaultJson;
import dev.berth.emulator.instance.Arrival;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.InstanceReport;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The admin API's bodies. */
final class AdminJson {
    private AdminJson() {}

    static ObjectNode reports(Collection<EmulatedInstance> instances) {
        var body = Json.object();
        var value = body.putArray("value");
        instances.forEach(instance -> value.add(report(instance)));
        return body;
    }

    static ObjectNode report(EmulatedInstance instance) {
        var report = instance.report();
        var body = counts(report);
        body.set("faulted", FaultJson.counts(instance.faults().counts()));
        var active = body.putArray("activeFaults");
        instance.faults().list().forEach(running -> active.add(running.fault().kind().wireName));
        return body;
    }

    private static ObjectNode counts(InstanceReport report) {
        return Json.object()
                .put("name", report.name())
                .put("idScope", report.idScope())
                .put("limitPerMinute", report.limitPerMinute())
                .put("registrations", report.registrations())
                .put("worstSlidingMinute", report.worstSlidingMinute())
                .put("currentSlidingMinute", report.currentSlidingMinute())
                .put("throttled", report.throttled())
                .put("refused", report.refused())
                .put("registered", report.registered())
                .put("polls", report.polls())
                .put("lookups", report.lookups())
                .put("operations", report.operations())
                .put("throttledOperations", report.throttledOperations())
                .put("firstAcceptedAt", text(report.firstAcceptedAt()))
                .put("lastAcceptedAt", text(report.lastAcceptedAt()));
    }

    static ObjectNode arrivals(List<Arrival> arrivals) {
        var body = Json.object();
        var value = body.putArray("value");
        arrivals.forEach(arrival -> value.add(arrival(arrival)));
        return body;
    }

    static ObjectNode arrival(Arrival arrival) {
        return Json.object()
                .put("time", arrival.time().toString())
                .put("registrationId", arrival.registrationId())
                .put("status", arrival.status());
    }

    /** As the hub's identity registry would show the device. */
    static ObjectNode device(Registration registration) {
        var device = Json.object()
                .put("registrationId", registration.registrationId())
                .put("deviceId", registration.deviceId())
                .put("hub", registration.hub())
                .put("enrollmentGroupId", registration.enrollmentGroupId());
        var authentication = device.putObject("authentication");
        switch (registration.credential()) {
            case Credential.Certificate certificate ->
                authentication
                        .put("type", "selfSigned")
                        .putObject("x509Thumbprint")
                        .put("primaryThumbprint", certificate.thumbprint());
            case Credential.Key.SYMMETRIC -> authentication.put("type", "sas");
            case Credential.Tpm tpm -> authentication.put("type", "sas");
        }
        twin(registration, device);
        return device;
    }

    private static void twin(Registration registration, ObjectNode device) {
        var initial = registration.twin() == null ? Json.object() : registration.twin();
        var twin = device.putObject("twin");
        twin.set("tags", object(initial.path("tags")));
        twin.putObject("properties")
                .set("desired", object(initial.path("properties").path("desired")));
    }

    private static JsonNode object(JsonNode node) {
        return node.isObject() ? node : Json.object();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
