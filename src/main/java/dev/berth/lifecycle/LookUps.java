package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at single registrations, here and at other instances, each for one operation of theirs, and not more often than one count may. */
final class LookUps {
    private final DpsService here;
    private final DpsServices services;
    private final InventorySnapshot inventory;
    private final int max;
    private final Map<DpsInstanceId, DpsService> others = new HashMap<>();
    private final Set<DpsInstanceId> silent = new HashSet<>();
    private int hereDone;
    private int elsewhereDone;

    /** @param max of each kind: here, and at others */
    LookUps(DpsService here, DpsServices services, InventorySnapshot inventory, int max) {
        this.here = here;
        this.services = services;
        this.inventory = inventory;
        this.max = max;
    }

    /** What a look at one registration showed. */
    sealed interface Sight {
        record There(RemoteRegistration registration) implements Sight {}

        record NotThere() implements Sight {}

        /** There was no time for it. */
        record NotLooked() implements Sight {}
    }

    Sight here(String registrationId) {
        if (hereDone == max) {
            return new Sight.NotLooked();
        }
        hereDone++;
        return here.findRegistration(registrationId)
                .<Sight>map(Sight.There::new)
                .orElseGet(Sight.NotThere::new);
    }

    /** {@code finding}, or what it is if the device is registered where it is assigned, too. An instance that does not answer is not asked again. */
    Finding completed(Finding finding) {
        var other = finding.assignedTo();
        return finding.kind() == Finding.Kind.ELSEWHERE
                        && other != null
                        && elsewhereDone < max
                        && isThere(other, finding.registrationId())
                ? finding.twice()
                : finding;
    }

    private boolean isThere(DpsInstanceId other, String registrationId) {
        var service = silent.contains(other) ? Optional.<DpsService>empty() : service(other);
        if (service.isEmpty()) {
            silent.add(other);
            return false;
        }
        try {
            elsewhereDone++;
            return service.get().findRegistration(registrationId).isPresent();
        } catch (DpsServiceException e) {
            if (e.kind() == DpsServiceException.Kind.INTERRUPTED) {
                throw e;
            }
            silent.add(other);
            return false;
        }
    }

    private Optional<DpsService> service(DpsInstanceId id) {
        if (!others.containsKey(id)
                && inventory.dpsInstance(id).map(services::access).orElse(null)
                        instanceof DpsServices.Access.Open(DpsService open)) {
            others.put(id, open);
        }
        return Optional.ofNullable(others.get(id));
    }
}
