package dev.berth.enrollment;

import dev.berth.inventory.Catalog;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.Versioned;
import java.time.Instant;
import java.util.Optional;

/** Writes down what was found of the groups of one instance. */
record Standings(Catalog<EnrollmentStanding> catalog, DpsInstanceId instance, SyncEvents events) {

    /** Of two replicas that write at once one is heard; they saw the same instance. */
    void note(DesiredGroup desired, Finding finding, Instant now) {
        var group = desired.group();
        var found = catalog.find(group.tenant(), group.name());
        var before = found.map(Versioned::value)
                .filter(standing -> standing.isOf(group, desired.anchor().key()));
        boolean covers = finding.covers() != null
                ? finding.covers()
                : before.filter(EnrollmentStanding::covers).isPresent();
        var standing = new EnrollmentStanding(
                group.tenant(),
                group.name(),
                group.dpsInstance(),
                desired.anchor().key(),
                finding.state(),
                covers,
                finding.detail(),
                now);
        if (found.isEmpty()) {
            catalog.insert(standing);
        } else {
            catalog.replace(standing, found.get().version());
        }
        if (differs(before, standing)) {
            events.changed(instance, standing);
        }
    }

    private static boolean differs(Optional<EnrollmentStanding> before, EnrollmentStanding now) {
        return before.filter(last -> last.state() == now.state() && last.covers() == now.covers())
                .isEmpty();
    }
}
