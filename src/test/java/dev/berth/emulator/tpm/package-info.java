@NullMarked
package dev.berth.emulator.tpm;

import org.jspecify.annotations.NullMarked;
