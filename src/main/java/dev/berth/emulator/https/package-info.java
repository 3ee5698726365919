/** The HTTPS listener, and the device API on it. */
@NullMarked
package dev.berth.emulator.https;

import org.jspecify.annotations.NullMarked;
