package dev.berth.emulator.instance;

import java.util.Map;

/**
 * An IoT hub that is linked to an instance.
 *
 * @param allocationWeight its share of the devices, 1 to 1,000
 * @param applyAllocationPolicy false takes it out of allocation
 * @param latencyMillis how far it is from places, by their names in small letters
 */
public record IotHub(
        String hostName, int allocationWeight, boolean applyAllocationPolicy, Map<String, Integer> latencyMillis) {
    static final String DOMAIN = ".azure-devices.net";

    public IotHub(String hostName, int allocationWeight, boolean applyAllocationPolicy) {
        this(hostName, allocationWeight, applyAllocationPolicy, Map.of());
    }

    /** A hub of ordinary weight; a bare name gets the public domain. */
    public static IotHub of(String name) {
        return new IotHub(name.contains(".") ? name : name + DOMAIN, 1, true);
    }

    /** Whether it has this name, in any letter case; a bare one is of the public domain. */
    public boolean isNamed(String name) {
        return hostName.equalsIgnoreCase(of(name).hostName);
    }
}
