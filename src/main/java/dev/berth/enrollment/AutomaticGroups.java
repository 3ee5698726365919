package dev.berth.enrollment;

import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Catalog;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Adds to the inventory the enrollment groups that an instance's policy asks for: one for each proven anchor of its tenant. */
record AutomaticGroups(Catalog<EnrollmentGroup> catalog) {
    private static final int NAME_LENGTH_MAX = 63;
    private static final int HASH_LENGTH = 8;

    /** The groups that were added; a group that is there, whatever its policy, is enough. */
    List<EnrollmentGroup> addMissing(
            DpsInstance instance, Collection<TrustAnchor> anchors, Collection<EnrollmentGroup> declared) {
        var added = new ArrayList<EnrollmentGroup>();
        if (instance.enrollmentPolicy() != EnrollmentPolicy.EXTERNAL) {
            anchors.stream()
                    .filter(anchor -> declared.stream()
                            .noneMatch(group -> group.trustAnchor().equals(anchor.name())))
                    .map(anchor -> group(instance, anchor))
                    .filter(group -> catalog.insert(group) instanceof Catalog.Outcome.Written)
                    .forEach(added::add);
        }
        return added;
    }

    private EnrollmentGroup group(DpsInstance instance, TrustAnchor anchor) {
        var name = name(instance.id().name(), anchor.name());
        boolean taken = catalog.find(instance.id().tenant(), name)
                .filter(found -> !found.value().automatic())
                .isPresent();
        return new EnrollmentGroup(
                instance.id().tenant(),
                taken ? hashed(instance.id().name(), anchor.name()) : name,
                instance.id().name(),
                anchor.name(),
                true,
                instance.enrollmentPolicy(),
                EnrollmentGroup.Settings.UNSPECIFIED,
                true);
    }

    static String name(String instance, String anchor) {
        var name = anchor + "-at-" + instance;
        return name.length() <= NAME_LENGTH_MAX ? name : hashed(instance, anchor);
    }

    private static String hashed(String instance, String anchor) {
        var name = anchor + "-at-" + instance;
        var kept = name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX - HASH_LENGTH - 1));
        return kept + "-" + RemoteGroupIds.hash(anchor + "/" + instance);
    }
}
