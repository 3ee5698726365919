/** What DPS's APIs have in common: names, codes, keys and time. */
@NullMarked
package dev.berth.emulator.protocol;

import org.jspecify.annotations.NullMarked;
