package dev.berth.sandbox;

import dev.berth.sandbox.HttpsCaller.Answer;
import java.time.Duration;

/** What Berth tells a device that asks for its ID scope. */
sealed interface BerthAnswer {
    /** Register there after so long, and start no later than {@code within} after that. */
    record Register(String idScope, String endpoint, Duration after, Duration within) implements BerthAnswer {}

    /** It is registered already. */
    record Connect(String hub, String deviceId) implements BerthAnswer {}

    /** Ask again after so long. */
    record Later(Duration after) implements BerthAnswer {}

    /** No; {@code problem} says why. */
    record Refused(String problem) implements BerthAnswer {}

    static BerthAnswer of(Answer answer) {
        var body = answer.body();
        return switch (answer.status()) {
            case 200 ->
                "connect".equals(body.path("action").asText())
                        ? new Connect(
                                body.path("assignedHub").asText(),
                                body.path("deviceId").asText())
                        : new Register(
                                body.path("idScope").asText(),
                                body.path("globalEndpoint").asText(),
                                seconds(body.path("registerAfterSeconds").asDouble()),
                                seconds(body.path("registerWithinSeconds").asDouble()));
            case 408, 429, 503 -> new Later(answer.retryAfter(Duration.ofSeconds(1)));
            default -> new Refused(answer.explained());
        };
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
