@NullMarked
package dev.berth.emulator.webhook;

import org.jspecify.annotations.NullMarked;
