/** Strict JSON, and places in it that can be named. */
@NullMarked
package dev.berth.emulator.json;

import org.jspecify.annotations.NullMarked;
