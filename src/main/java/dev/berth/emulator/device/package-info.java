/** The device API, whatever it travels on. */
@NullMarked
package dev.berth.emulator.device;

import org.jspecify.annotations.NullMarked;
