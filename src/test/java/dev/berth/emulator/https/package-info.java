@NullMarked
package dev.berth.emulator.https;

import org.jspecify.annotations.NullMarked;
