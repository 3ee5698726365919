package dev.berth.emulator.instance;

/**
 * An IoT hub that is linked to an instance.
 *
 * @param allocationWeight its share of the devices, 1 to 1,000
 * @param applyAllocationPolicy false takes it out of allocation
 */
public record IotHub(String hostName, int allocationWeight, boolean applyAllocationPolicy) {
    static final String DOMAIN = ".azure-devices.net";

    /** A hub of ordinary weight; a bare name gets the public domain. */
    public static IotHub of(String name) {
        return new IotHub(name.contains(".") ? name : name + DOMAIN, 1, true);
    }
}
