package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lifecycle.Count;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.GroupCount;
import dev.berth.lifecycle.Reconciliation;
import dev.berth.lifecycle.Settlement;
import dev.berth.lifecycle.Stage;
import dev.berth.lifecycle.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** A reconciliation as it is stored; that changes at other times than what administrators are shown of it. */
final class ReconciliationCodec {
    static final Format<Reconciliation> FORMAT = new Format<>(1, ReconciliationCodec::write, ReconciliationCodec::read);

    private ReconciliationCodec() {}

    private static void write(Reconciliation run, ObjectNode body) {
        body.put("holder", run.holder())
                .put("leaseUntil", run.leaseUntil().toString())
                .put("startedAt", run.startedAt().toString())
                .put("operations", run.operations())
                .put("interruption", run.interruption());
        write(run.stage(), body.putObject("stage"));
        if (run.before() != null) {
            write(run.before(), body.putObject("before"));
        }
    }

    private static Reconciliation read(JsonNode body) {
        var json = new Json(body);
        return new Reconciliation(
                json.text("holder"),
                json.instant("leaseUntil"),
                json.instant("startedAt"),
                json.number("operations"),
                stage(json.object("stage")),
                json.textOrNull("interruption"),
                body.hasNonNull("before") ? ended(json.object("before")) : null);
    }

    private static void write(Stage stage, ObjectNode body) {
        switch (stage) {
            case Stage.Beginning(var remembered) ->
                remembered.forEach(body.put("stage", "beginning").putArray("remembered")::add);
            case Stage.Counting(var baseline, var count, var continuation) -> {
                body.put("stage", "counting").put("continuation", continuation);
                write(baseline, body);
                write(count, body);
            }
            case Stage.Comparing(var baseline, var count) -> {
                body.put("stage", "comparing");
                write(baseline, body);
                write(count, body);
            }
            case Stage.Settled(var count, var settlement, var at) -> {
                body.put("stage", "settled").put("at", at.toString());
                write(settlement, body);
                write(count, body);
            }
            case Stage.Failed(var count, var reason, var at) -> {
                body.put("stage", "failed").put("at", at.toString()).put("reason", reason);
                write(count, body);
            }
        }
    }

    private static Stage stage(Json json) {
        return switch (json.text("stage")) {
            case "beginning" -> new Stage.Beginning(json.texts("remembered"));
            case "counting" -> new Stage.Counting(baseline(json), count(json), json.textOrNull("continuation"));
            case "comparing" -> new Stage.Comparing(baseline(json), count(json));
            default -> ended(json);
        };
    }

    private static Stage.Ended ended(Json json) {
        return switch (json.text("stage")) {
            case "settled" -> new Stage.Settled(count(json), settlement(json), json.instant("at"));
            case "failed" -> new Stage.Failed(count(json), json.text("reason"), json.instant("at"));
            default -> throw new IllegalArgumentException("no such stage: " + json.text("stage"));
        };
    }

    private static void write(Stage.Baseline baseline, ObjectNode body) {
        body.putObject("baseline")
                .put("epoch", baseline.epoch())
                .put("committed", baseline.committed())
                .put("at", baseline.at().toString());
    }

    private static Stage.Baseline baseline(Json json) {
        var baseline = json.object("baseline");
        return new Stage.Baseline(baseline.number("epoch"), baseline.number("committed"), baseline.instant("at"));
    }

    private static void write(Settlement settlement, ObjectNode body) {
        body.putObject("settlement")
                .put("counted", settlement.counted())
                .put("committedBefore", settlement.committedBefore())
                .put("committedAfter", settlement.committedAfter());
    }

    private static Settlement settlement(Json json) {
        var settlement = json.object("settlement");
        return new Settlement(
                settlement.number("counted"),
                settlement.number("committedBefore"),
                settlement.number("committedAfter"));
    }

    private static void write(Count count, ObjectNode body) {
        var groups = body.put("chunks", count.chunks()).putArray("groups");
        for (var group : count.groups()) {
            groups.addObject()
                    .put("group", group.group())
                    .put("listed", group.listed())
                    .put("registrations", group.registrations())
                    .put("done", group.done());
        }
        var tally = count.tally();
        var findings = body.putObject("tally")
                .put("confirmed", tally.confirmed())
                .put("hubsChanged", tally.hubsChanged())
                .put("failed", tally.failed())
                .put("ungrouped", tally.ungrouped())
                .put("unchecked", tally.unchecked())
                .putObject("findings");
        tally.findings().forEach((kind, found) -> findings.put(FindingsCodec.nameOf(kind), found));
    }

    private static Count count(Json json) {
        return new Count(groups(json), Math.toIntExact(json.number("chunks")), tally(json.object("tally")));
    }

    private static List<GroupCount> groups(Json json) {
        var groups = new ArrayList<GroupCount>();
        for (var element : json.node().path("groups")) {
            var group = new Json(element);
            groups.add(new GroupCount(
                    group.text("group"), group.flag("listed"), group.number("registrations"), group.flag("done")));
        }
        return groups;
    }

    private static Tally tally(Json json) {
        var findings = new EnumMap<Finding.Kind, Long>(Finding.Kind.class);
        json.node()
                .path("findings")
                .properties()
                .forEach(found -> findings.put(
                        FindingsCodec.kind(found.getKey()), found.getValue().longValue()));
        return new Tally(
                json.number("confirmed"),
                json.number("hubsChanged"),
                json.number("failed"),
                json.number("ungrouped"),
                json.number("unchecked"),
                findings);
    }
}
