/** Devices that prove themselves by a TPM 2.0: what a service does without having one. */
@NullMarked
package dev.berth.emulator.tpm;

import org.jspecify.annotations.NullMarked;
