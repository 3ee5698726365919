package dev.berth.app;

import dev.berth.enrollment.DpsServices;
import dev.berth.inventory.Pools;
import dev.berth.lifecycle.ClaimReview;
import dev.berth.lifecycle.ClaimedRegistrations;
import dev.berth.provisioning.Devices;
import dev.berth.region.ClaimJudge;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionEvents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Compares the claims of regions once a minute, one round at a time; nothing where Berth runs in one region. */
@Singleton
final class ClaimReviews {
    private static final Logger LOG = Logger.getLogger(ClaimReviews.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Beyond the window of a slot: DPS takes seconds to assign a device, and the network as it likes. */
    private static final Duration SETTLE_AFTER = Duration.ofMinutes(1);

    private final Optional<ClaimReview> review;
    private final InstantSource clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Instant dueAt = Instant.MIN;

    @Inject
    ClaimReviews(
            RegionalComposition regions,
            RegionClaims claims,
            Devices devices,
            DpsServices services,
            Pools pools,
            InstantSource clock,
            RegionEvents events) {
        this.review = regions.local()
                .map(local -> new ClaimReview(
                        local,
                        claims,
                        devices,
                        new ClaimedRegistrations(services, pools),
                        new ClaimJudge(SETTLE_AFTER),
                        clock,
                        events));
        this.clock = clock;
    }

    /** Starts a round if one is due, and does not wait for it. */
    void startDue() {
        if (review.isPresent() && !clock.instant().isBefore(dueAt) && running.compareAndSet(false, true)) {
            dueAt = clock.instant().plus(INTERVAL);
            Thread.ofVirtual().name("claim-review").start(() -> round(review.get()));
        }
    }

    private void round(ClaimReview due) {
        try {
            due.run();
        } catch (RuntimeException e) {
            LOG.warn("the claims of regions could not be compared; it is tried again in a minute", e);
        } finally {
            running.set(false);
        }
    }
}
