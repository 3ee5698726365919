package dev.berth.sandbox;

import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A device that does what the README tells its makers, goes on to the next replica when one is away, and remembers every word. */
final class WitnessingDevice implements Callable<Registration> {
    private static final int CALLS_MAX = 100;
    private static final Duration NEXT_REPLICA_AFTER = Duration.ofMillis(500);

    private final String registrationId;
    private final List<Door> doors;
    private final HttpsCaller https;
    private final Registration.Client dps;
    private final Witness witness;
    private int door;

    /** A replica's address, through which so many go at once: who waits for one that stands still is in nobody else's way. */
    record Door(int replica, String url, Semaphore inFlight) {}

    /** Where a replica was asked, when its answer was there, and what it was; not answered is an answer of 503. */
    private record Heard(int replica, Instant at, Answer answer) {}

    WitnessingDevice(
            String registrationId, List<Door> doors, HttpsCaller https, Registration.Client dps, Witness witness) {
        this.registrationId = registrationId;
        this.doors = doors;
        this.https = https;
        this.dps = dps;
        this.witness = witness;
    }

    @Override
    public Registration call() throws InterruptedException {
        for (var call = 0; call < CALLS_MAX; call++) {
            var heard = ask("/v1/id-scope", null);
            switch (BerthAnswer.of(heard.answer())) {
                case BerthAnswer.Register register -> {
                    witness.hears(told(heard, register));
                    if (sleptUntilItsWindow(register)
                            && dps.register(register.endpoint(), register.idScope(), registrationId)
                                    instanceof Registration.Assigned assigned) {
                        return reported(assigned);
                    }
                }
                case BerthAnswer.Later later -> Thread.sleep(later.after());
                case BerthAnswer.Connect connect -> {
                    return new Registration.Assigned(connect.hub(), connect.deviceId());
                }
                case BerthAnswer.Refused refused -> {
                    return new Registration.Failed("Berth: " + refused.problem());
                }
            }
        }
        return new Registration.Failed("not served after " + CALLS_MAX + " asks");
    }

    private Registration reported(Registration.Assigned assigned) throws InterruptedException {
        var report = Map.of("status", "assigned", "assignedHub", assigned.hub(), "deviceId", assigned.deviceId());
        for (var call = 0; call < CALLS_MAX; call++) {
            var answer = ask("/v1/registrations/me/result", report).answer();
            if (answer.ok()) {
                witness.reports(registrationId, assigned.hub());
                return assigned;
            }
            if (!(BerthAnswer.of(answer) instanceof BerthAnswer.Later later)) {
                return new Registration.Failed("report: " + answer.explained());
            }
            Thread.sleep(later.after());
        }
        return new Registration.Failed("report not taken after " + CALLS_MAX + " calls");
    }

    private static boolean sleptUntilItsWindow(BerthAnswer.Register register) throws InterruptedException {
        var began = System.nanoTime();
        Thread.sleep(register.after());
        return System.nanoTime() - began
                <= register.after().plus(register.within()).toNanos();
    }

    private Witness.Told told(Heard heard, BerthAnswer.Register register) {
        var body = heard.answer().body();
        return new Witness.Told(
                heard.replica(),
                registrationId,
                register.idScope(),
                body.path("generation").asLong(),
                heard.at(),
                register.after(),
                Instant.parse(body.path("registerAt").asText()));
    }

    private Heard ask(String path, @Nullable Object body) throws InterruptedException {
        for (var call = 0; call < CALLS_MAX; call++) {
            var asked = doors.get(door);
            asked.inFlight().acquire();
            try {
                var answer = body == null ? https.get(asked.url() + path) : https.post(asked.url() + path, body);
                return new Heard(asked.replica(), Instant.now(), answer);
            } catch (IOException away) {
                door = (door + 1) % doors.size();
            } finally {
                asked.inFlight().release();
            }
            Thread.sleep(NEXT_REPLICA_AFTER);
        }
        throw new IllegalStateException("no replica can be reached");
    }
}
