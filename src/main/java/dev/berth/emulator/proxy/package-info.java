/** A CONNECT proxy through which clients reach the emulator by the real names of DPS. */
@NullMarked
package dev.berth.emulator.proxy;

import org.jspecify.annotations.NullMarked;
