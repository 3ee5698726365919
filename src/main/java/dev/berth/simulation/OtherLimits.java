package dev.berth.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The limits that instances have for a while. The inventory has what was said last; DPS allows the most by which any device may still have
 * been told its slot.
 */
final class OtherLimits {
    private final World world;
    private final List<Disturbance.OtherLimit> inForce = new ArrayList<>();
    private final List<Disturbance.OtherLimit> felt = new ArrayList<>();

    OtherLimits(World world) {
        this.world = world;
    }

    void begin(Disturbance.OtherLimit other) {
        inForce.add(other);
        felt.add(other);
        apply(other.instance());
    }

    void end(Disturbance.OtherLimit other) {
        inForce.remove(other);
        apply(other.instance());
    }

    /** Nobody sleeps any more until a slot that was given by it. */
    void forget(Disturbance.OtherLimit other) {
        felt.remove(other);
        apply(other.instance());
    }

    private void apply(int instance) {
        int usual = world.plan.limitPerMinute();
        world.estate.limit(
                instance, perMinute(inForce, instance).reduce((_, last) -> last).orElse(usual));
        world.dps[instance].setLimitPerMinute(
                Math.max(usual, perMinute(felt, instance).max().orElse(usual)));
    }

    private static IntStream perMinute(List<Disturbance.OtherLimit> others, int instance) {
        return others.stream()
                .filter(other -> other.instance() == instance)
                .mapToInt(Disturbance.OtherLimit::perMinute);
    }
}
