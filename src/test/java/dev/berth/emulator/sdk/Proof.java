package dev.berth.emulator.sdk;

/** The ways in which a device can prove who it is, without a TPM. */
enum Proof {
    CERTIFICATE_BELOW_A_GROUP,
    OWN_CERTIFICATE,
    KEY_OF_A_GROUP,
    OWN_KEY
}
