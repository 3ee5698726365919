package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemoteGroupIds;
import dev.berth.enrollment.RemotePage;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of an instance are counted: all that it lists, whoever made them, since all their devices count against its maximum; and those
 * that it had once, since the records of their devices stay when a group is deleted. Registrations of individual enrollments are in no
 * group, and the service API lists them nowhere.
 */
record CountedGroups(DpsService service, InventorySnapshot inventory) {

    /** @param remembered those that were counted before and had devices */
    List<GroupCount> of(DpsInstanceId instance, List<String> remembered) {
        var groups = new TreeMap<String, GroupCount>(String.CASE_INSENSITIVE_ORDER);
        listed().forEach(group -> groups.put(group, GroupCount.of(group, true)));
        remembered.forEach(group -> groups.putIfAbsent(group, GroupCount.of(group, false)));
        ours(instance.tenant()).forEach(group -> groups.putIfAbsent(group, GroupCount.of(group, false)));
        return groups.values().stream().limit(Count.GROUPS_MAX).toList();
    }

    private List<String> listed() {
        var listed = new ArrayList<String>();
        @Nullable String continuation = null;
        do {
            RemotePage<RemoteGroup> page = service.listGroups(DpsService.PAGE_MAX, continuation);
            page.values().forEach(group -> listed.add(group.id()));
            continuation = page.continuation();
        } while (continuation != null && listed.size() < Count.GROUPS_MAX);
        return listed;
    }

    /** Whatever stands there now, Berth may have made a group for each of the tenant's anchors. */
    private List<String> ours(TenantId tenant) {
        return inventory.trustAnchors().all().stream()
                .filter(anchor -> anchor.tenant().equals(tenant))
                .map(anchor -> RemoteGroupIds.of(tenant, anchor.name()))
                .toList();
    }
}
