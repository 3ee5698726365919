package dev.berth.simulation;

/**
 * How one tenant fared.
 *
 * @param toldWhileAllWaited slots its new devices were told while new devices of all tenants waited
 * @param waitSeconds from a device's first ask to its registration
 */
public record TenantResult(
        String name, int devices, int weight, long toldWhileAllWaited, SimulationResult.Waits waitSeconds) {}
