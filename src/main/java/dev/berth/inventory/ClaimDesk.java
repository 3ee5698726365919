package dev.berth.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Gives what only one resource of all tenants may have to the first that asks.
 *
 * <p>The claim is written before the resource that rests on it, and a crash between leaves a claim without a resource. So one that has
 * rested on nothing for {@link #LAPSES_AFTER} goes to the next that asks; no write takes that long.
 */
final class ClaimDesk {
    static final Duration LAPSES_AFTER = Duration.ofMinutes(1);

    private final Claims claims;
    private final InstantSource clock;

    ClaimDesk(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    /** Whether the subject is {@code holder}'s now. {@code rests} tells whether a claim's holder is there and has the subject. */
    boolean claim(Claim.Subject subject, String holder, Predicate<Claim> rests) {
        var claim = new Claim(subject, holder, clock.instant());
        if (claims.insert(claim) instanceof Catalog.Outcome.Written) {
            return true;
        }
        return claims.find(subject)
                .filter(found -> found.value().holder().equals(holder)
                        || (lapsed(found.value(), rests)
                                && claims.replace(claim, found.version()) instanceof Catalog.Outcome.Written))
                .isPresent();
    }

    /** Whether somebody else than {@code holder} has the subject. */
    boolean isTaken(Claim.Subject subject, String holder, Predicate<Claim> rests) {
        return claims.find(subject)
                .filter(found -> !found.value().holder().equals(holder) && !lapsed(found.value(), rests))
                .isPresent();
    }

    void release(Claim.Subject subject, String holder) {
        claims.find(subject)
                .filter(found -> found.value().holder().equals(holder))
                .ifPresent(found -> claims.delete(subject, found.version()));
    }

    private boolean lapsed(Claim claim, Predicate<Claim> rests) {
        return !claim.at().plus(LAPSES_AFTER).isAfter(clock.instant()) && !rests.test(claim);
    }
}
