package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Which hub a device has, how it came there and with what; the part of a {@link Registration} that an operation may change. */
record HubAssignment(
        @Nullable String hub,
        @Nullable String firstHub,
        Substatus substatus,
        @Nullable JsonNode twin,
        @Nullable JsonNode payload) {
    static final HubAssignment NONE = new HubAssignment(null, null, Substatus.INITIAL_ASSIGNMENT, null, null);

    HubAssignment to(String hub, Substatus substatus, @Nullable JsonNode twin, @Nullable JsonNode payload) {
        return new HubAssignment(hub, firstHub == null ? hub : firstHub, substatus, twin, payload);
    }
}
