package dev.berth.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Registers over plain HTTPS: one request, then a look every {@code Retry-After} until DPS has decided. */
final class PlainClient implements Registration.Client {
    private static final String API_VERSION = "?api-version=2021-06-01";
    private static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(2);

    private final HttpsCaller https;
    private final Throttled throttled;
    private final int requestsMax;

    /** Whether a client that was answered 429 sends the same request again after {@code Retry-After}. */
    enum Throttled {
        /** As the SDKs for C and Python do. */
        RETRIES,
        /** As the SDK for Java does. */
        FAILS
    }

    PlainClient(HttpsCaller https, Throttled throttled, int requestsMax) {
        this.https = https;
        this.throttled = throttled;
        this.requestsMax = requestsMax;
    }

    @Override
    public Registration register(String endpoint, String idScope, String registrationId) throws InterruptedException {
        String device = "https://" + endpoint + "/" + idScope + "/registrations/" + registrationId;
        String operation = "";
        try {
            for (int request = 1; request <= requestsMax; request++) {
                Answer answer = operation.isEmpty()
                        ? https.put(device + "/register" + API_VERSION, Map.of("registrationId", registrationId))
                        : https.get(device + "/operations/" + operation + API_VERSION);
                if (!mayGoOn(answer)) {
                    return end(answer);
                }
                operation = answer.body().path("operationId").asText(operation);
                Thread.sleep(answer.retryAfter(RETRY_AFTER_DEFAULT));
            }
            return new Registration.Failed("not assigned after " + requestsMax + " requests");
        } catch (IOException failure) {
            return new Registration.Failed(failure.toString());
        }
    }

    private boolean mayGoOn(Answer answer) {
        return answer.status() == 202 || (answer.status() == 429 && throttled == Throttled.RETRIES);
    }

    private static Registration end(Answer answer) {
        JsonNode state = answer.body().path("registrationState");
        return "assigned".equals(answer.body().path("status").asText())
                ? new Registration.Assigned(
                        state.path("assignedHub").asText(),
                        state.path("deviceId").asText())
                : new Registration.Failed(answer.explained());
    }
}
