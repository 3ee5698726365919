/** Microsoft's own SDKs take the emulator for DPS, each on every transport it has. */
@NullMarked
package dev.berth.emulator.sdk;

import org.jspecify.annotations.NullMarked;
