package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.enrollment.SyncRun;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.InventorySnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How far an instance is in step with the inventory, in JSON. */
final class EnrollmentSyncForm {
    private EnrollmentSyncForm() {}

    static ObjectNode write(DpsInstanceId instance, Optional<SyncRun> run, InventorySnapshot inventory, Instant now) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", instance.tenant().value())
                .put("dpsInstance", instance.name())
                .put("status", run.map(last -> status(last, now)).orElse("never"));
        run.ifPresent(last -> write(last, json));
        var groups = json.putArray("groups");
        inventory.enrollmentGroups(instance).stream()
                .filter(group -> group.policy() != EnrollmentPolicy.EXTERNAL)
                .sorted(Comparator.comparing(EnrollmentGroup::name))
                .forEach(group -> groups.add(write(group, inventory.standing(group))));
        return json;
    }

    private static String status(SyncRun run, Instant now) {
        if (run.isRunning(now)) {
            return "running";
        }
        return run.finishedAt() != null && run.failure() == null ? "done" : "failed";
    }

    private static void write(SyncRun run, ObjectNode json) {
        Form.put(json, "detail", run.failure());
        json.put("startedAt", run.startedAt().toString());
        Form.put(json, "finishedAt", run.finishedAt());
        json.put("operations", run.operations());
        json.put("groupsDone", run.groupsDone());
        json.put("groupsTotal", run.groupsTotal());
        run.notes().forEach(json.putArray("notes")::add);
    }

    private static ObjectNode write(EnrollmentGroup group, Optional<EnrollmentStanding> standing) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", group.name())
                .put("trustAnchor", group.trustAnchor())
                .put("policy", group.policy().name().toLowerCase(Locale.ROOT))
                .put(
                        "state",
                        standing.map(seen -> seen.state().name().toLowerCase(Locale.ROOT))
                                .orElse("unknown"))
                .put(
                        "covers",
                        group.enabled()
                                && standing.filter(EnrollmentStanding::covers).isPresent());
        standing.ifPresent(seen -> {
            Form.put(json, "detail", seen.detail());
            json.put("checkedAt", seen.checkedAt().toString());
        });
        return json;
    }
}
