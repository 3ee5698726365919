package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstanceId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The findings of one count, the first of each kind in words and all of them as numbers; saved when somebody asks for it. */
final class Findings {
    private final DpsInstanceId instance;
    private final Reconciliations store;
    private final Map<Finding.Kind, Map<String, Finding>> listed = new EnumMap<>(Finding.Kind.class);
    private final Set<Finding.Kind> unsaved = EnumSet.noneOf(Finding.Kind.class);

    private Findings(DpsInstanceId instance, Reconciliations store) {
        this.instance = instance;
        this.store = store;
        for (var kind : Finding.Kind.values()) {
            listed.put(kind, new LinkedHashMap<>());
        }
    }

    /** None, also where the count before had some. */
    static Findings none(DpsInstanceId instance, Reconciliations store) {
        var findings = new Findings(instance, store);
        findings.unsaved.addAll(EnumSet.allOf(Finding.Kind.class));
        return findings;
    }

    /** Those of a count that is gone on with. */
    static Findings saved(DpsInstanceId instance, Reconciliations store) {
        var findings = new Findings(instance, store);
        for (var kind : Finding.Kind.values()) {
            store.findings(instance, kind).forEach(findings::list);
        }
        return findings;
    }

    /** One more; what it adds to the tally. */
    Tally add(Finding finding) {
        if (list(finding)) {
            unsaved.add(finding.kind());
        }
        return Tally.of(finding.kind());
    }

    void save() {
        for (var kind : unsaved) {
            store.saveFindings(instance, kind, List.copyOf(of(kind).values()));
        }
        unsaved.clear();
    }

    private boolean list(Finding finding) {
        var ofKind = of(finding.kind());
        return ofKind.size() < Finding.PER_KIND_MAX && ofKind.putIfAbsent(finding.registrationId(), finding) == null;
    }

    private Map<String, Finding> of(Finding.Kind kind) {
        return listed.getOrDefault(kind, Map.of());
    }
}
