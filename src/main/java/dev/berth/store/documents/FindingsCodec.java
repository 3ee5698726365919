package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.lifecycle.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reconciliation found of one kind, as it is stored. */
final class FindingsCodec {
    static final Format<List<Finding>> FORMAT = new Format<>(1, FindingsCodec::write, FindingsCodec::read);

    private FindingsCodec() {}

    private static void write(List<Finding> findings, ObjectNode body) {
        var array = body.putArray("findings");
        for (var finding : findings) {
            var json = array.addObject()
                    .put("kind", nameOf(finding.kind()))
                    .put("registrationId", finding.registrationId());
            if (finding.assignedTo() != null) {
                json.put("assignedTo", finding.assignedTo().toString());
            }
            if (finding.since() != null) {
                json.put("since", finding.since().toString());
            }
        }
    }

    private static List<Finding> read(JsonNode body) {
        var findings = new ArrayList<Finding>();
        for (var element : body.path("findings")) {
            var json = new Json(element);
            var assignedTo = json.textOrNull("assignedTo");
            var since = json.textOrNull("since");
            findings.add(new Finding(
                    kind(json.text("kind")),
                    json.text("registrationId"),
                    assignedTo == null ? null : DpsInstanceId.parse(assignedTo),
                    since == null ? null : Instants.parse(since)));
        }
        return findings;
    }

    static String nameOf(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static Finding.Kind kind(String name) {
        return Finding.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
