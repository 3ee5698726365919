/** Everything that an emulator holds, written down and read again. */
@NullMarked
package dev.berth.emulator.state;

import org.jspecify.annotations.NullMarked;
