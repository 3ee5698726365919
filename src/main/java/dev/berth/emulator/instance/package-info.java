/**
 * One DPS instance in memory. {@link dev.berth.emulator.instance.EmulatedInstance} is put together here; a register request
 * goes through {@code Registrar}, {@link dev.berth.emulator.instance.MeteredRegistrations} (the lock) and {@code Assigner}.
 */
@NullMarked
package dev.berth.emulator.instance;

import org.jspecify.annotations.NullMarked;
