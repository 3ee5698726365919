/** Certificates that devices ask for when they register. */
@NullMarked
package dev.berth.emulator.issuing;

import org.jspecify.annotations.NullMarked;
