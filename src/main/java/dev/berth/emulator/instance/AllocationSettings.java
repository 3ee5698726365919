package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.AllocationPolicy;
import java.util.List;

/**
 * How the devices of an instance find their hubs.
 *
 * @param hubs that are linked, at least one
 * @param policy where an enrollment names none
 * @param places where devices are, for {@code geoLatency}
 */
public record AllocationSettings(List<IotHub> hubs, AllocationPolicy policy, Places places) {
    /** Hashed, because devices are nowhere in particular. */
    public static AllocationSettings of(List<IotHub> hubs) {
        return new AllocationSettings(hubs, AllocationPolicy.HASHED, Places.NOWHERE);
    }
}
