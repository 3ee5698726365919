package dev.berth.provisioning;

/** How the report of a device was taken. */
public sealed interface ReportAnswer {
    /** It is on disk; a report that says what is known already changes nothing. */
    record Recorded(Device device) implements ReportAnswer {}

    /** Berth does not know the device: it never asked for its ID scope. */
    record UnknownDevice() implements ReportAnswer {}

    /** The device was never told where to register, so there is nothing to report. */
    record NotTold() implements ReportAnswer {}

    /** Another trust anchor vouches for the device that has this registration ID. */
    record RegistrationIdTaken() implements ReportAnswer {}
}
