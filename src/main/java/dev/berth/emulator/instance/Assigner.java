package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.enrollment.ReprovisionPolicy;
import dev.berth.emulator.protocol.ApiVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a device's record when it is given a hub: hub, substatus, twin and payload. Pure. */
record Assigner(HubChoice hubs) {
    boolean asksWebhook(EnrollmentSettings settings) {
        return hubs.policy(settings) == AllocationPolicy.CUSTOM;
    }

    /** The hubs a webhook may choose from: where the device is, if it is to stay there. */
    List<String> linkedHubs(Registration begun, EnrollmentSettings settings, ApiVersion version) {
        return begun.hub() != null && stays(settings, version)
                ? List.of(begun.hub())
                : hubs.eligible(settings).stream().map(IotHub::hostName).toList();
    }

    Allocation allocate(Registration begun, EnrollmentSettings settings, ApiVersion version, Places places) {
        return new Allocation.To(
                begun.hub() != null && stays(settings, version)
                        ? begun.hub()
                        : hubs.choose(begun.registrationId(), settings, places),
                null,
                null);
    }

    /** The outcome shows from {@code doneAt} on. */
    Registration settled(
            Registration begun, EnrollmentSettings settings, ApiVersion version, Allocation allocation, long doneAt) {
        return switch (allocation) {
            case Allocation.Failed(var failure) -> begun.with(begun.operation().done(doneAt, failure));
            case Allocation.To to ->
                assigned(begun, settings, settings.reprovisionPolicy(version), to)
                        .with(begun.operation().done(doneAt, null));
        };
    }

    private static Registration assigned(
            Registration begun, EnrollmentSettings settings, ReprovisionPolicy policy, Allocation.To to) {
        var fresh = to.initialTwin() == null ? settings.initialTwin() : to.initialTwin();
        if (begun.hub() == null) {
            return begun.at(to.hub(), Substatus.INITIAL_ASSIGNMENT, fresh, to.payload());
        }
        if (!policy.updateHubAssignment()) {
            return begun.at(to.hub(), begun.substatus(), begun.twin(), to.payload());
        }
        var substatus = Substatus.ofReprovisioning(begun, to.hub(), policy.migrateDeviceData());
        return begun.at(to.hub(), substatus, twin(begun, settings, policy, to, fresh), to.payload());
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
