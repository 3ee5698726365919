package dev.berth.emulator.sdk;

/** The transports of the emulator's device API. */
enum Transport {
    HTTPS,
    MQTT,
    MQTT_WS
}
