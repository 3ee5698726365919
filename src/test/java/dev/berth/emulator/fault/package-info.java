@NullMarked
package dev.berth.emulator.fault;

import org.jspecify.annotations.NullMarked;
