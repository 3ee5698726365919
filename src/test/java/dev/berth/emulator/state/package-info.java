@NullMarked
package dev.berth.emulator.state;

import org.jspecify.annotations.NullMarked;
