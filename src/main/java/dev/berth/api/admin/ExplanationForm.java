package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.explanation.Explanation;
import dev.berth.explanation.InstanceNow;
import dev.berth.explanation.Place;
import dev.berth.explanation.PoolNow;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.PoolMembership;
import dev.berth.provisioning.Assignment;
import dev.berth.region.LostClaim;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.InstanceOutlook;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a device is where it is, in JSON. */
final class ExplanationForm {
    private ExplanationForm() {}

    static ObjectNode write(Explanation explanation) {
        var device = explanation.device();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("registrationId", device.registrationId().value())
                .put("owner", device.owner().value())
                .put("state", nameOf(device.state().kind()))
                .put("stateSince", device.stateSince().toString())
                .put("at", explanation.at().toString())
                .put("nextAnswer", nameOf(explanation.nextAnswer()));
        explanation.reasons().forEach(json.putArray("reasons")::add);
        explanation.changes().forEach(json.putArray("changes")::add);
        device.assignment().ifPresent(assignment -> write(assignment, explanation.own(), json.putObject("assignment")));
        if (explanation.place() != null) {
            write(explanation.place(), json.putObject("queue"));
        }
        write(explanation.pool(), json.putObject("pool"));
        if (!explanation.disputes().isEmpty()) {
            var disputes = json.putArray("disputes");
            explanation.disputes().forEach(lost -> write(lost, disputes.addObject()));
        }
        return json;
    }

    private static void write(LostClaim lost, ObjectNode json) {
        var claim = lost.claim();
        json.put("region", claim.region().value())
                .put("dpsInstance", claim.instance().name())
                .put("generation", claim.generation())
                .put("registerAt", claim.slot().toString())
                .put("claimedAt", claim.at().toString())
                .put("settledAt", lost.at().toString())
                .put("holds", lost.instance().name())
                .put("holdsSinceGeneration", lost.generation());
    }

    private static void write(Assignment assignment, @Nullable InstanceOutlook own, ObjectNode json) {
        json.put("dpsInstance", assignment.instance().name())
                .put(
                        "dpsInstanceState",
                        own == null ? "gone" : nameOf(own.instance().state()))
                .put("generation", assignment.generation())
                .put("registerAt", assignment.slot().toString());
        if (own != null) {
            Form.put(json, "unavailableUntil", own.unavailableUntil());
        }
        if (assignment.choice() != null) {
            write(assignment.choice(), assignment.instance().name(), json.putObject("choice"));
        }
    }

    private static void write(Choice choice, String chosen, ObjectNode json) {
        json.put("at", choice.at().toString())
                .put("rule", nameOf(choice.rule()))
                .put("inPool", choice.instances())
                .put("open", choice.open());
        var contenders = json.putArray("contenders");
        for (var contender : choice.contenders()) {
            contenders
                    .addObject()
                    .put("dpsInstance", contender.instance())
                    .put("chosen", contender.instance().equals(chosen))
                    .put("used", contender.used())
                    .put("max", contender.registrationsMax())
                    .put("weight", contender.weight())
                    .put("nextSlotAfterSeconds", contender.opensIn().toMillis() / 1e3);
        }
    }

    private static void write(Place place, ObjectNode json) {
        json.put("name", place.ticket().queue().name())
                .put("ticket", place.ticket().number())
                .put("admitted", place.admitted())
                .put("ahead", place.ahead())
                .put("waiting", place.waiting())
                .put("share", place.share())
                .put("otherQueues", place.others());
        if (place.estimate() != null) {
            json.put("admittedAfterSeconds", place.estimate().toMillis() / 1e3);
        }
    }

    private static void write(PoolNow pool, ObjectNode json) {
        json.put("trustAnchor", pool.trustAnchor());
        Form.put(json, "geography", pool.geography());
        Form.put(json, "emptyReason", pool.emptyReason());
        json.put("size", pool.size());
        var instances = json.putArray("dpsInstances");
        pool.instances().forEach(instance -> write(instance, instances.addObject()));
    }

    private static void write(InstanceNow now, ObjectNode json) {
        var instance = now.instance();
        var outlook = now.outlook();
        json.put("name", now.name()).put("inPool", now.isMember());
        var barriers = json.putArray("barriers");
        now.membership().barriers().forEach(barrier -> barriers.add(nameOf(barrier)));
        json.put("state", nameOf(instance.state()));
        Form.put(json, "geography", instance.geography());
        json.put("enrollment", enrollment(now.membership()))
                .put("weight", instance.weight())
                .put("used", outlook.committed())
                .put("max", instance.limits().registrationsMax())
                .put("remaining", outlook.remaining())
                .put("full", outlook.isFull())
                .put("nextSlotAt", outlook.nextSlot().toString());
        Form.put(json, "unavailableUntil", outlook.unavailableUntil());
    }

    /** What was last seen of the group; one that is declared to stand is not looked at. */
    private static String enrollment(PoolMembership membership) {
        return membership
                .enrollmentGroup()
                .map(group -> {
                    if (group.policy() == EnrollmentPolicy.EXTERNAL) {
                        return "declared";
                    }
                    var seen = membership.seen();
                    return seen == null ? "unknown" : nameOf(seen.state());
                })
                .orElse("none");
    }

    private static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
