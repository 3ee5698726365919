@NullMarked
package dev.berth.emulator.mqtt;

import org.jspecify.annotations.NullMarked;
