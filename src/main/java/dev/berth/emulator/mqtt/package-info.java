/** The device API over MQTT 3.1.1, alone and in WebSockets. */
@NullMarked
package dev.berth.emulator.mqtt;

import org.jspecify.annotations.NullMarked;
