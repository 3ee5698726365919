package dev.berth.enrollment;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentStanding.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be done so that one instance holds what the inventory asks for. Pure: it compares, and calls nobody.
 *
 * <p>A group at DPS is ours only if its tags say so; nothing else is ever changed or deleted. A certificate may be in one group of an
 * instance only, so where somebody else's group has it already, that one stands in our group's place.
 */
final class SyncPlan {
    private final DpsInstance instance;
    private final Collection<EnrollmentGroup> declared;
    private final List<DesiredGroup> desired;
    private final List<RemoteGroup> remote;
    private final Map<String, RemoteGroup> byId = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int places;

    private SyncPlan(
            DpsInstance instance,
            Collection<EnrollmentGroup> declared,
            List<DesiredGroup> desired,
            List<RemoteGroup> remote) {
        this.instance = instance;
        this.declared = declared;
        this.desired = desired;
        this.remote = remote;
        remote.forEach(group -> byId.put(group.id(), group));
    }

    /**
     * @param declared all groups of the inventory at the instance, whatever their policy
     * @param desired those of them that are managed or verified and whose anchor is proven
     * @param remote all groups that the instance holds
     */
    static List<SyncStep> of(
            DpsInstance instance,
            Collection<EnrollmentGroup> declared,
            List<DesiredGroup> desired,
            List<RemoteGroup> remote) {
        return new SyncPlan(instance, declared, desired, remote).steps();
    }

    private List<SyncStep> steps() {
        var leftovers = leftovers();
        places = instance.limits().enrollmentGroupsMax() - remote.size() + leftovers.size();
        var steps = new ArrayList<SyncStep>(leftovers);
        var managed = new HashSet<String>();
        desired.stream()
                .sorted(Comparator.comparing(wanted -> wanted.group().name()))
                .forEach(wanted -> steps.add(step(wanted, managed)));
        return List.copyOf(steps);
    }

    /** Groups of ours whose anchor, or whose group in the inventory, is gone. One that became external is its operator's now. */
    private List<SyncStep> leftovers() {
        return remote.stream()
                .filter(group -> group.mark() != null
                        && group.mark().tenant().equals(instance.id().tenant())
                        && group.id().equalsIgnoreCase(RemoteGroupIds.of(group.mark()))
                        && !isWanted(group.mark().trustAnchor()))
                .<SyncStep>map(SyncStep.Delete::new)
                .toList();
    }

    private boolean isWanted(String trustAnchor) {
        return desired.stream().anyMatch(wanted -> wanted.anchor().name().equals(trustAnchor))
                || declared.stream()
                        .anyMatch(group -> group.trustAnchor().equals(trustAnchor)
                                && group.policy() == dev.berth.inventory.EnrollmentPolicy.EXTERNAL);
    }

    private SyncStep step(DesiredGroup wanted, Set<String> managed) {
        return switch (wanted.group().policy()) {
            case MANAGED ->
                managed.add(wanted.anchor().name())
                        ? managedStep(wanted)
                        : new SyncStep.Note(
                                wanted,
                                Finding.refused(false, "another managed enrollment group is for the same anchor"));
            case VERIFIED, EXTERNAL -> new SyncStep.Note(wanted, verified(wanted));
        };
    }

    private SyncStep managedStep(DesiredGroup wanted) {
        var existing = byId.get(wanted.remoteId());
        if (existing == null) {
            return create(wanted);
        }
        if (!wanted.isOurs(existing)) {
            return new SyncStep.Note(
                    wanted,
                    Finding.refused(
                            wanted.covers(existing),
                            "the instance has an enrollment group " + existing.id() + " that is not Berth's"));
        }
        var differences = wanted.differences(existing);
        return differences.isEmpty()
                ? new SyncStep.Note(wanted, asWanted(wanted))
                : new SyncStep.Write(wanted, existing, differences);
    }

    static Finding asWanted(DesiredGroup wanted) {
        return wanted.group().enabled() ? Finding.STANDING : Finding.disabled("it is disabled in the inventory");
    }

    private SyncStep create(DesiredGroup wanted) {
        var holder = remote.stream().filter(wanted::hasCertificate).findFirst();
        if (holder.isPresent()) {
            return new SyncStep.Note(
                    wanted,
                    Finding.refused(
                            wanted.covers(holder.get()),
                            "the instance's enrollment group " + holder.get().id()
                                    + " has the anchor's certificate, and is not Berth's"));
        }
        if (!wanted.group().enabled()) {
            return new SyncStep.Note(wanted, asWanted(wanted));
        }
        if (places <= 0) {
            return new SyncStep.Note(
                    wanted,
                    Finding.refused(
                            false,
                            "the instance has " + remote.size() + " enrollment groups, and takes at most "
                                    + instance.limits().enrollmentGroupsMax()));
        }
        places--;
        return new SyncStep.Write(wanted, null, List.of());
    }

    /** The best of the groups that could be the one that somebody else made for the anchor. */
    private Finding verified(DesiredGroup wanted) {
        return remote.stream()
                .filter(group -> wanted.carriesKey(group) || isNamedFor(wanted, group))
                .map(group -> verified(wanted, group))
                .min(Comparator.comparing(finding -> finding.state()))
                .orElseGet(() -> Finding.missing("no enrollment group of the instance has the anchor's certificate"));
    }

    private static Finding verified(DesiredGroup wanted, RemoteGroup group) {
        if (!group.enabled()) {
            return Finding.disabled("enrollment group " + group.id() + " is disabled at DPS");
        }
        if (group.attestation() instanceof Attestation.CaReferences references) {
            return new Finding(
                    State.STANDING,
                    true,
                    "enrollment group " + group.id() + " names the CA " + references.primary()
                            + ", whose certificate the service API does not show");
        }
        var differences = wanted.differences(group);
        return differences.isEmpty()
                ? Finding.STANDING
                : new Finding(
                        State.DRIFTED,
                        wanted.covers(group),
                        "enrollment group " + group.id() + " differs: " + String.join(", ", differences));
    }

    /** By name, where the certificates say nothing. */
    private static boolean isNamedFor(DesiredGroup wanted, RemoteGroup group) {
        return group.id().equalsIgnoreCase(wanted.group().name()) || group.id().equalsIgnoreCase(wanted.remoteId());
    }
}
