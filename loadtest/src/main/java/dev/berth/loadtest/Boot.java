package dev.berth.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** One device from its first ask to its end: what it was told, and what it does next. One thread at a time uses it. */
final class Boot {
    /** What it has to do now; each state is left by the answer to it. */
    enum Doing {
        ASKING,
        SLEEPING,
        REGISTERING,
        POLLING,
        REPORTING,
        ENDED
    }

    private static final Duration DPS_POLL = Duration.ofSeconds(2);
    private static final Duration INSISTENCE = Duration.ofMillis(100);
    private static final String MADE_UP_HUB = "loadtest.azure-devices.invalid";
    private static final int NANOS = 1_000_000_000;

    private final Behaviour behaviour;
    private final Course course;
    private final RandomGenerator random;
    private final long givesUpAt;
    private Doing doing = Doing.ASKING;
    private Duration pause = Duration.ZERO;
    private JsonNode told = JsonNodeFactory.instance.missingNode();
    private String operationId = "";
    private String report = "";
    private boolean registered;
    private long wakesAt;
    private long wakesUntil;

    Boot(Behaviour behaviour, Course course, RandomGenerator random, long now) {
        this.behaviour = behaviour;
        this.course = course;
        this.random = random;
        this.givesUpAt = now + behaviour.givesUpAfter().toNanos();
    }

    boolean is(Doing what) {
        return doing == what;
    }

    boolean isWithDps() {
        return doing == Doing.REGISTERING || doing == Doing.POLLING;
    }

    /** Before it does what it has to do next. */
    Duration pause() {
        return pause;
    }

    void asked(Answer answer, long now) {
        course.asked(answer, now);
        next(Doing.ASKING, Duration.ZERO);
        switch (answer.kind()) {
            case ADMITTED -> obey(answer.json(), now);
            case WRONG -> end();
            case REFUSED, REFUSED_UNTOLD, LOST -> comeBack(answer, now);
        }
        wakesAt = now + pause.toNanos();
    }

    /** A slot lasts a moment. Who comes later asks again. */
    void woke(long now) {
        course.woke(now - wakesAt);
        if (doing != Doing.SLEEPING) {
            return;
        }
        if (now > wakesUntil) {
            course.count(Course.Event.OVERSLEPT);
            next(Doing.ASKING, Duration.ZERO);
        } else if (isLocal(told.path("globalEndpoint").asText())) {
            next(Doing.REGISTERING, Duration.ZERO);
        } else {
            reportHub(MADE_UP_HUB, told.path("registrationId").asText());
        }
    }

    void answeredByDps(Answer answer) {
        var state = answer.json();
        if (answer.status() == 202) {
            operationId = state.path("operationId").asText();
            next(Doing.POLLING, answer.wait(Instant.now()).orElse(DPS_POLL));
        } else if (state.path("status").asText().equals("assigned")) {
            course.count(Course.Event.REGISTERED);
            var registration = state.path("registrationState");
            reportHub(
                    registration.path("assignedHub").asText(),
                    registration.path("deviceId").asText());
        } else {
            course.count(answer.status() == 429 ? Course.Event.THROTTLED_BY_DPS : Course.Event.REFUSED_BY_DPS);
            report = "{\"status\": \"failed\", \"errorMessage\": \"DPS answered %d\"}".formatted(answer.status());
            next(Doing.REPORTING, Duration.ZERO);
        }
    }

    void reported(Answer answer, long now) {
        switch (answer.kind()) {
            case ADMITTED -> {
                if (registered) {
                    course.count(Course.Event.REPORTED);
                }
                end();
            }
            case WRONG -> {
                course.wrong(answer);
                end();
            }
            case REFUSED, REFUSED_UNTOLD, LOST -> comeBack(answer, now);
        }
    }

    /** Where it registers, without the rest of the path. */
    String registrationUrl() {
        return "https://%s/%s/registrations/%s"
                .formatted(
                        told.path("globalEndpoint").asText(),
                        told.path("idScope").asText(),
                        told.path("registrationId").asText());
    }

    String registrationBody() {
        return "{\"registrationId\": \"%s\"}"
                .formatted(told.path("registrationId").asText());
    }

    String operationUrl() {
        return registrationUrl() + "/operations/" + operationId;
    }

    String report() {
        return report;
    }

    private void obey(JsonNode answer, long now) {
        if (told.isMissingNode()) {
            course.count(Course.Event.TOLD);
        }
        told = answer;
        course.told(answer);
        if (answer.path("action").asText().equals("connect")
                || behaviour == Behaviour.ASKS
                || behaviour == Behaviour.INSISTS) {
            end();
        } else if (behaviour == Behaviour.REPORTS_AT_ONCE) {
            reportHub(MADE_UP_HUB, answer.path("registrationId").asText());
        } else {
            var after = seconds(answer.path("registerAfterSeconds"));
            wakesUntil = now
                    + after.plus(seconds(answer.path("registerWithinSeconds"))).toNanos();
            next(Doing.SLEEPING, after);
        }
    }

    /** Who was told nothing waits a second or two, each another while. */
    private void comeBack(Answer answer, long now) {
        var wait = behaviour == Behaviour.INSISTS
                ? INSISTENCE
                : answer.wait(Instant.now()).orElseGet(() -> Duration.ofMillis(random.nextLong(1_000, 2_000)));
        if (now + wait.toNanos() > givesUpAt) {
            course.count(Course.Event.GAVE_UP);
            end();
        } else {
            next(doing, wait);
        }
    }

    private void reportHub(String hub, String deviceId) {
        registered = true;
        report = "{\"status\": \"assigned\", \"assignedHub\": \"%s\", \"deviceId\": \"%s\"}".formatted(hub, deviceId);
        next(Doing.REPORTING, Duration.ZERO);
    }

    private void end() {
        next(Doing.ENDED, Duration.ZERO);
    }

    private void next(Doing what, Duration after) {
        doing = what;
        pause = after;
    }

    private static boolean isLocal(String endpoint) {
        String host = URI.create("https://" + endpoint).getHost();
        return host != null && Loopback.is(host);
    }

    private static Duration seconds(JsonNode decimal) {
        return Duration.ofNanos((long) (decimal.asDouble() * NANOS));
    }
}
