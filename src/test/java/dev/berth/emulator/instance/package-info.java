@NullMarked
package dev.berth.emulator.instance;

import org.jspecify.annotations.NullMarked;
