package dev.berth.loadtest;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.berth.loadtest.Boot.Doing;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The requests of a device of one phase; {@link Boot} decides which comes next. */
final class DeviceLife {
    private static final String API_VERSION = "?api-version=2021-06-01";
    private static final String BOOT = "boot";
    private static final String STATUS = "status";
    private static final String RETRY_AFTER = "retryAfter";
    private static final String BODY = "body";
    private static final String MILLIS = "millis";

    private final Phase phase;
    private final Course course;
    private final String url;

    DeviceLife(Phase phase, Course course, String url) {
        this.phase = phase;
        this.course = course;
        this.url = url;
    }

    ChainBuilder chain() {
        return exec(this::begin)
                .exec(asLongAs(session -> boot(session).is(Doing.ASKING))
                        .on(
                                exec(ask()), exec(answered((boot, answer) -> boot.asked(answer, System.nanoTime()))),
                                pause(session -> boot(session).pause()), exec(woken())))
                .exec(asLongAs(session -> boot(session).isWithDps())
                        .on(
                                pause(session -> boot(session).pause()),
                                doIf(session -> boot(session).is(Doing.REGISTERING))
                                        .then(register()),
                                doIf(session -> boot(session).is(Doing.POLLING)).then(poll()),
                                exec(answered(Boot::answeredByDps))))
                .exec(asLongAs(session -> boot(session).is(Doing.REPORTING))
                        .on(
                                exec(report()),
                                exec(answered((boot, answer) -> boot.reported(answer, System.nanoTime()))),
                                pause(session -> boot(session).pause())));
    }

    private Session begin(Session session) {
        return session.set(BOOT, new Boot(phase.behaviour(), course, ThreadLocalRandom.current(), System.nanoTime()));
    }

    private HttpRequestActionBuilder ask() {
        return noted(toBerth(http("ask").get(url + phase.behaviour().path()))
                .requestTimeout(phase.behaviour().answerMax())
                .check(status().in(200, 429, 503)));
    }

    private HttpRequestActionBuilder report() {
        return noted(toBerth(http("report").post(url + "/v1/registrations/me/result"))
                .header("Content-Type", "application/json")
                .body(StringBody(session -> boot(session).report()))
                .check(status().in(204, 429, 503)));
    }

    private HttpRequestActionBuilder register() {
        return noted(http("register at DPS")
                .put(session -> boot(session).registrationUrl() + "/register" + API_VERSION)
                .header("Content-Type", "application/json")
                .body(StringBody(session -> boot(session).registrationBody()))
                .check(status().in(200, 202)));
    }

    private HttpRequestActionBuilder poll() {
        return noted(http("poll DPS")
                .get(session -> boot(session).operationUrl() + API_VERSION)
                .check(status().in(200, 202)));
    }

    /** As a device that sleeps between its calls, and does not keep a connection for them. */
    private static HttpRequestActionBuilder toBerth(HttpRequestActionBuilder request) {
        return request.header("Connection", "close");
    }

    private HttpRequestActionBuilder noted(HttpRequestActionBuilder request) {
        var noted = request.check(
                status().saveAs(STATUS),
                header("Retry-After").optional().saveAs(RETRY_AFTER),
                bodyString().saveAs(BODY),
                responseTimeInMillis().saveAs(MILLIS));
        return phase.measured() ? noted : noted.silent();
    }

    /** Hands the answer over and forgets it, so that the next request cannot be taken for answered. */
    private static Function<Session, Session> answered(BiConsumer<Boot, Answer> to) {
        return session -> {
            to.accept(boot(session), answer(session));
            return session.removeAll(STATUS, RETRY_AFTER, BODY, MILLIS).markAsSucceeded();
        };
    }

    private static Function<Session, Session> woken() {
        return session -> {
            boot(session).woke(System.nanoTime());
            return session;
        };
    }

    private static Answer answer(Session session) {
        return session.contains(STATUS)
                ? new Answer(
                        session.getInt(STATUS),
                        session.contains(RETRY_AFTER) ? session.getString(RETRY_AFTER) : "",
                        session.contains(BODY) ? session.getString(BODY) : "",
                        session.contains(MILLIS) ? session.getInt(MILLIS) : 0)
                : Answer.NONE;
    }

    private static Boot boot(Session session) {
        return session.get(BOOT);
    }
}
