@NullMarked
package dev.berth.emulator.protocol;

import org.jspecify.annotations.NullMarked;
