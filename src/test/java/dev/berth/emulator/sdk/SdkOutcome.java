package dev.berth.emulator.sdk;

import java.io.IOException;

/** What an SDK makes of a registration. */
sealed interface SdkOutcome {
    record Assigned(String hub, String deviceId, String substatus) implements SdkOutcome {}

    /** It gave up; with all that it says of the reason. */
    record Failed(String reason) implements SdkOutcome {}

    static SdkOutcome of(Program script) throws IOException {
        if (!script.succeeded()) {
            return new Failed(script.toString());
        }
        var result = script.json();
        return new Assigned(
                result.path("assignedHub").asText(),
                result.path("deviceId").asText(),
                result.path("substatus").asText());
    }
}
