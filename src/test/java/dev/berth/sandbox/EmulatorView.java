package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came to the emulated DPS instances, as these counted it themselves. */
final class EmulatorView {
    private static final int ACCEPTED = 202;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI admin;
    private final List<JsonNode> instances;

    EmulatorView(URI admin, List<JsonNode> instances) {
        this.admin = admin;
        this.instances = instances;
    }

    /** A registration that an instance took. */
    record Arrival(String registrationId, String idScope, Instant at) {}

    /** Of devices whose names begin so, the oldest first. */
    List<Arrival> arrivals(String namesBegin) throws IOException, InterruptedException {
        var arrivals = new ArrayList<Arrival>();
        for (var instance : instances) {
            var scope = instance.path("idScope").asText();
            for (var arrival : get("/instances/" + scope + "/arrivals").path("value")) {
                var name = arrival.path("registrationId").asText();
                if (name.startsWith(namesBegin) && arrival.path("status").asInt() == ACCEPTED) {
                    var at = Instant.parse(arrival.path("time").asText());
                    arrivals.add(new Arrival(name, scope, at));
                }
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }

    /** The ID scope at which each of these devices registered, which is one. */
    Map<String, String> scopes(String namesBegin) throws IOException, InterruptedException {
        var scopes = new HashMap<String, String>();
        for (var arrival : arrivals(namesBegin)) {
            var other = scopes.put(arrival.registrationId(), arrival.idScope());
            assertThat(other).as("another scope of %s", arrival).isIn(null, arrival.idScope());
        }
        return scopes;
    }

    void requireThatNoMinuteWasOver(int limitPerMinute) throws IOException, InterruptedException {
        for (var instance : instances) {
            var counted = get("/instances/" + instance.path("idScope").asText());
            assertThat(counted.path("worstSlidingMinute").asInt())
                    .as(counted.toString())
                    .isPositive()
                    .isLessThanOrEqualTo(limitPerMinute);
            assertThat(counted.path("throttled").asInt()).as(counted.toString()).isZero();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(admin.resolve(path)).build();
            return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
        }
    }
}
