package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.enrollment.ReprovisionPolicy;
import dev.berth.emulator.protocol.ApiVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a device's record when it registers: operation, hub, substatus, twin and payload. Keeps nothing.
 *
 * @param delay how long an assignment takes at least
 */
record Assigner(HubChoice hubs, Duration delay) {
    /**
     * Begins an operation.
     *
     * @param known the device's record, if it has one; its last operation is over
     */
    Begun begin(@Nullable Registration known, Attempt attempt, Attested.Accepted accepted, long now, Instant at) {
        var operation = Operation.begin(at, attempt.issued());
        var begun = known == null
                ? Registration.first(attempt.registrationId(), accepted.enrollment(), accepted.credential(), operation)
                : known.again(accepted.enrollment(), accepted.credential(), operation);
        return allocated(begun, attempt, accepted.enrollment(), now + delay.toNanos());
    }

    private Begun allocated(Registration begun, Attempt attempt, Enrollment enrollment, long doneAt) {
        var settings = enrollment.settings();
        var version = attempt.sent().apiVersion();
        if (hubs.policy(settings) == AllocationPolicy.CUSTOM) {
            var linked = linkedHubs(begun, settings, version);
            return new Begun(
                    begun,
                    Optional.of(new Question(begun, enrollment, attempt.evidence(), attempt.sent(), linked, doneAt)));
        }
        var allocation = allocate(begun, settings, version);
        return new Begun(settled(begun, settings, version, allocation, doneAt), Optional.empty());
    }

    /** The record when a webhook has answered, be it too early for the device to hear of it. */
    Registration settled(Registration begun, Question question, CustomAllocation.Reply reply, long now) {
        return settled(
                begun,
                question.enrollment().settings(),
                question.sent().apiVersion(),
                Allocation.of(reply, question.linkedHubs()),
                Math.max(now, question.earliest()));
    }

    /** The hubs a webhook may choose from: where the device is, if it is to stay there. */
    private List<String> linkedHubs(Registration begun, EnrollmentSettings settings, ApiVersion version) {
        return begun.hub() != null && stays(settings, version)
                ? List.of(begun.hub())
                : hubs.eligible(settings).stream().map(IotHub::hostName).toList();
    }

    private Allocation allocate(Registration begun, EnrollmentSettings settings, ApiVersion version) {
        return new Allocation.To(
                begun.hub() != null && stays(settings, version)
                        ? begun.hub()
                        : hubs.choose(begun.registrationId(), settings),
                null,
                null);
    }

    /** The outcome shows from {@code doneAt} on. */
    private static Registration settled(
            Registration begun, EnrollmentSettings settings, ApiVersion version, Allocation allocation, long doneAt) {
        return switch (allocation) {
            case Allocation.Failed(var failure) ->
                begun.settled(begun.assignment(), begun.operation().done(doneAt, failure));
            case Allocation.To to ->
                begun.settled(
                        assigned(begun, settings, settings.reprovisionPolicy(version), to),
                        begun.operation().done(doneAt, null));
        };
    }

    private static HubAssignment assigned(
            Registration begun, EnrollmentSettings settings, ReprovisionPolicy policy, Allocation.To to) {
        var fresh = to.initialTwin() == null ? settings.initialTwin() : to.initialTwin();
        if (begun.hub() == null) {
            return begun.assignment().to(to.hub(), Substatus.INITIAL_ASSIGNMENT, fresh, to.payload());
        }
        if (!policy.updateHubAssignment()) {
            return begun.assignment().to(to.hub(), begun.substatus(), begun.twin(), to.payload());
        }
        var substatus = Substatus.ofReprovisioning(begun, to.hub(), policy.migrateDeviceData());
        return begun.assignment().to(to.hub(), substatus, twin(begun, settings, policy, to, fresh), to.payload());
    }

    /** A reset starts anew also at the same hub; the webhook's twin is for another hub only, as the docs say. */
    private static @Nullable JsonNode twin(
            Registration begun,
            EnrollmentSettings settings,
            ReprovisionPolicy policy,
            Allocation.To to,
            @Nullable JsonNode fresh) {
        if (policy.migrateDeviceData()) {
            return begun.twin();
        }
        return to.hub().equals(begun.hub()) ? settings.initialTwin() : fresh;
    }

    private static boolean stays(EnrollmentSettings settings, ApiVersion version) {
        return !settings.reprovisionPolicy(version).updateHubAssignment();
    }
}
