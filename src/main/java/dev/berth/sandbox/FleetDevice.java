package dev.berth.sandbox;

import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * One device of the fleet, doing on its first boot what the README tells device makers to do: ask, sleep, register, report. It has no
 * retry logic beyond that; a device that woke too late asks again.
 */
final class FleetDevice {
    private static final int ASKS_MAX = 50;

    private final String registrationId;
    private final String berthUrl;
    private final HttpsCaller https;
    private final Registration.Client dps;
    private final Semaphore asksInFlight;
    private final FleetCounts counts;

    FleetDevice(
            String registrationId,
            String berthUrl,
            HttpsCaller https,
            Registration.Client dps,
            Semaphore asksInFlight,
            FleetCounts counts) {
        this.registrationId = registrationId;
        this.berthUrl = berthUrl;
        this.https = https;
        this.dps = dps;
        this.asksInFlight = asksInFlight;
        this.counts = counts;
    }

    /** Returns how the boot ended. */
    Registration boot() throws InterruptedException, IOException {
        boolean told = false;
        for (int ask = 1; ask <= ASKS_MAX; ask++) {
            BerthAnswer answer = ask();
            long answered = System.nanoTime();
            switch (answer) {
                case BerthAnswer.Register register -> {
                    if (!told) {
                        counts.assigned.incrementAndGet();
                    }
                    told = true;
                    sleep(register.after());
                    if (isInWindow(register, answered)) {
                        return register(register);
                    }
                }
                case BerthAnswer.Later later -> sleep(later.after());
                case BerthAnswer.Connect connect -> {
                    return new Registration.Assigned(connect.hub(), connect.deviceId());
                }
                case BerthAnswer.Refused refused -> {
                    return new Registration.Failed("Berth: " + refused.problem());
                }
            }
        }
        return new Registration.Failed("no slot after " + ASKS_MAX + " asks");
    }

    private BerthAnswer ask() throws InterruptedException, IOException {
        asksInFlight.acquire();
        try {
            return BerthAnswer.of(https.get(berthUrl + "/v1/id-scope"));
        } finally {
            asksInFlight.release();
        }
    }

    private static boolean isInWindow(BerthAnswer.Register register, long answered) {
        return System.nanoTime() - answered
                <= register.after().plus(register.within()).toNanos();
    }

    private Registration register(BerthAnswer.Register told) throws InterruptedException, IOException {
        Registration registration = dps.register(told.endpoint(), told.idScope(), registrationId);
        Answer reported = https.post(
                berthUrl + "/v1/registrations/me/result",
                switch (registration) {
                    case Registration.Assigned(String hub, String deviceId) ->
                        Map.of("status", "assigned", "assignedHub", hub, "deviceId", deviceId);
                    case Registration.Failed(String message) -> Map.of("status", "failed", "errorMessage", message);
                });
        if (!reported.ok()) {
            counts.problem("report: " + reported.explained());
        }
        return registration;
    }

    private void sleep(Duration time) throws InterruptedException {
        counts.asleep.incrementAndGet();
        try {
            Thread.sleep(time);
        } finally {
            counts.asleep.decrementAndGet();
        }
    }
}
