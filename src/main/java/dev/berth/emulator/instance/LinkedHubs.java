package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The IoT hubs that are linked to an instance, in the order in which they were; always at least one. */
public final class LinkedHubs {
    private final Caps caps;
    private final CopyOnWriteArrayList<IotHub> hubs;
    private final List<IotHub> view;

    LinkedHubs(List<IotHub> initial, Caps caps) {
        this.caps = caps;
        this.hubs = new CopyOnWriteArrayList<>(initial);
        this.view = Collections.unmodifiableList(hubs);
    }

    /** A view that follows changes. */
    public List<IotHub> all() {
        return view;
    }

    public Optional<IotHub> find(String name) {
        return hubs.stream().filter(hub -> hub.isNamed(name)).findFirst();
    }

    /** Links a hub or changes how devices are allocated to it. */
    public synchronized Decision<IotHub> put(IotHub hub) {
        var before = find(hub.hostName());
        if (before.isPresent()) {
            hubs.set(hubs.indexOf(before.get()), hub);
            return Decision.done(hub);
        }
        if (hubs.size() >= caps.linkedHubsMax()) {
            return Decision.refused(DpsError.CAP_REACHED, caps.linkedHubsMax() + " linked hubs");
        }
        hubs.add(hub);
        return Decision.done(hub);
    }

    /** Takes a hub away from later allocations; the devices that it has stay where they are. */
    public synchronized Decision<IotHub> remove(String name) {
        var hub = find(name);
        if (hub.isEmpty()) {
            return Decision.refused(DpsError.NOT_FOUND, "");
        }
        if (hubs.size() == 1) {
            return Decision.refused(DpsError.CONFLICT, "the last linked hub has to stay");
        }
        hubs.remove(hub.get());
        return Decision.done(hub.get());
    }
}
