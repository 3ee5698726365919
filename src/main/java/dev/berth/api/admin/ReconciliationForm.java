package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.lifecycle.Count;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.GroupCount;
import dev.berth.lifecycle.Reconciliation;
import dev.berth.lifecycle.Settlement;
import dev.berth.lifecycle.Stage;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an instance was found to hold, as administrators are shown it. */
final class ReconciliationForm {
    private ReconciliationForm() {}

    static ObjectNode write(DpsInstanceId instance, Optional<Reconciliation> newest, Instant now) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", instance.tenant().value())
                .put("dpsInstance", instance.name());
        newest.ifPresentOrElse(run -> write(run, json, now), () -> json.put("status", "never"));
        return json;
    }

    static ObjectNode write(DpsInstanceId instance, Finding finding) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", nameOf(finding.kind()))
                .put("registrationId", finding.registrationId())
                .put("registeredAt", instance.name());
        Form.put(
                json,
                "assignedTo",
                finding.assignedTo() == null ? null : finding.assignedTo().name());
        Form.put(json, "since", finding.since());
        return json;
    }

    static Finding.Kind kind(String name) {
        return Finding.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static void write(Reconciliation run, ObjectNode json, Instant now) {
        switch (run.stage()) {
            case Stage.Ended ended -> write(ended, json);
            case Stage.Open open -> {
                json.put("status", run.isRunning(now) ? "running" : "interrupted");
                Form.put(json, "detail", run.interruption());
                json.put("stage", nameOf(open));
            }
        }
        json.put("startedAt", run.startedAt().toString()).put("operations", run.operations());
        write(run.stage().count(), json);
        if (run.before() != null) {
            write(run.before(), json.putObject("before"));
        }
    }

    private static void write(Stage.Ended ended, ObjectNode json) {
        json.put("finishedAt", ended.at().toString());
        switch (ended) {
            case Stage.Settled settled ->
                write(settled.settlement(), json.put("status", "done").putObject("capacity"));
            case Stage.Failed failed -> json.put("status", "failed").put("detail", failed.reason());
        }
    }

    private static void write(Settlement settlement, ObjectNode json) {
        json.put("counted", settlement.counted())
                .put("promised", settlement.promised())
                .put("committedBefore", settlement.committedBefore())
                .put("committedAfter", settlement.committedAfter())
                .put("difference", settlement.difference());
    }

    private static void write(Count count, ObjectNode json) {
        var groups = json.put("registrations", count.registrations()).putArray("groups");
        for (GroupCount group : count.groups()) {
            groups.addObject()
                    .put("group", group.group())
                    .put("listed", group.listed())
                    .put("registrations", group.registrations())
                    .put("done", group.done());
        }
        var tally = count.tally();
        json.putObject("changes")
                .put("confirmed", tally.confirmed())
                .put("hubsChanged", tally.hubsChanged())
                .put("failed", tally.failed())
                .put("ungrouped", tally.ungrouped())
                .put("unchecked", tally.unchecked());
        var findings = json.putObject("findings");
        for (var kind : Finding.Kind.values()) {
            findings.put(nameOf(kind), tally.findings().getOrDefault(kind, 0L));
        }
    }

    private static String nameOf(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String nameOf(Stage.Open stage) {
        return switch (stage) {
            case Stage.Beginning beginning -> "beginning";
            case Stage.Counting counting -> "counting";
            case Stage.Comparing comparing -> "comparing";
        };
    }
}
