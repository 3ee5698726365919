/** A whole Berth with demo PKI, emulator and demo fleet on one machine, no cloud account. */
@NullMarked
package dev.berth.sandbox;

import org.jspecify.annotations.NullMarked;
