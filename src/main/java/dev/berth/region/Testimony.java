package dev.berth.region;

/** A claim, and what the DPS instance that it names says of the device. */
public record Testimony(RegionClaim claim, Registration registration) {

    /** What is known of the device's registration at the claimed instance. */
    public enum Registration {
        /** DPS holds it. */
        CONFIRMED,
        /** DPS was asked, and holds none. */
        ABSENT,
        /** DPS could not be asked. */
        UNKNOWN
    }

    boolean isConfirmed() {
        return registration == Registration.CONFIRMED;
    }
}
