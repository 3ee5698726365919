package dev.berth.emulator.instance;

import java.util.Optional;

/**
 * An operation that has begun.
 *
 * @param registration the device's record, settled unless a webhook has to be asked first
 */
record Begun(Registration registration, Optional<Question> question) {}
