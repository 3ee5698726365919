package dev.berth.sandbox;

import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * One device of the fleet, doing on its first boot what the README tells device makers to do: ask, sleep, register, report. It has no
 * retry logic beyond that; a device that woke too late asks again.
 */
final class FleetDevice {
    private static final int ASKS_MAX = 50;
    private static final Duration NEXT_REPLICA_AFTER = Duration.ofMillis(500);

    private final String registrationId;
    private final List<String> berthUrls;
    private final HttpsCaller https;
    private final Registration.Client dps;
    private final Semaphore asksInFlight;
    private final FleetCounts counts;
    private int replica;

    /** @param berthUrls of all replicas; the device begins with the first, and goes on to the next when that cannot be reached */
    FleetDevice(
            String registrationId,
            List<String> berthUrls,
            HttpsCaller https,
            Registration.Client dps,
            Semaphore asksInFlight,
            FleetCounts counts) {
        this.registrationId = registrationId;
        this.berthUrls = List.copyOf(berthUrls);
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
            return BerthAnswer.of(https.get(berthUrl() + "/v1/id-scope"));
        } catch (IOException away) {
            goOnToTheNextReplica(away);
            return new BerthAnswer.Later(NEXT_REPLICA_AFTER);
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
        Answer reported = report(
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

    private Answer report(Map<String, String> result) throws IOException {
        for (int left = berthUrls.size(); left > 1; left--) {
            try {
                return https.post(berthUrl() + "/v1/registrations/me/result", result);
            } catch (IOException away) {
                goOnToTheNextReplica(away);
            }
        }
        return https.post(berthUrl() + "/v1/registrations/me/result", result);
    }

    private String berthUrl() {
        return berthUrls.get(replica);
    }

    /** As whoever balances load between them would see to. */
    private void goOnToTheNextReplica(IOException away) throws IOException {
        if (berthUrls.size() == 1) {
            throw away;
        }
        replica = (replica + 1) % berthUrls.size();
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
