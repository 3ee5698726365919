package dev.berth.emulator.fault;

import java.util.List;

/**
 * The faults that an instance starts with.
 *
 * @param seed decides, with the instance's name, which requests they hit, and those put later
 */
public record FaultSettings(long seed, List<Fault> faults) {
    public static final FaultSettings NONE = new FaultSettings(0, List.of());

    public FaultSettings withSeed(long other) {
        return new FaultSettings(other, faults);
    }
}
