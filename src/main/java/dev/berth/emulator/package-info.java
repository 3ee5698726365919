/** A Device Provisioning Service stand-in that the official SDKs accept; imports nothing of Berth. */
@NullMarked
package dev.berth.emulator;

import org.jspecify.annotations.NullMarked;
