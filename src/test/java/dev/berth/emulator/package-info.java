/** Rules of the emulator. */
@NullMarked
package dev.berth.emulator;

import org.jspecify.annotations.NullMarked;
