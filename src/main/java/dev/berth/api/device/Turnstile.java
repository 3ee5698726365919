package dev.berth.api.device;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets only so many requests begin at once as the store takes.
 *
 * <p>A request is several calls of the store, one after the other. If more began than can end, the first calls of many would take the place of the last calls of
 * few: each would spend what it got and then be refused. So while the store refuses some, fewer are let in, and those who wait outside have cost nothing
 * when they are sent away. The limit is found as congestion is avoided elsewhere: one more after each round that ended well, and a part less after each
 * round in which the store refused. A fast store has hundreds of rounds a second.
 */
final class Turnstile {
    /** As many are let in at first, too: with more, a store that is already overloaded is found out late, and at the cost of its work until then. */
    static final int PLACES_MIN = 16;

    private static final double NARROWED = 0.7;

    private final int placesMax;
    private final Duration waitMax;
    private final Returns returns;
    private final Places places = new Places();
    private double limit = PLACES_MIN;
    private volatile long round;

    /**
     * @param placesMax the most requests that are ever in work
     * @param waitMax how long one waits for its turn before it is sent away
     */
    Turnstile(int placesMax, Duration waitMax, LongSupplier ticker) {
        this.placesMax = Math.max(placesMax, PLACES_MIN);
        this.waitMax = waitMax;
        this.returns = new Returns(ticker);
    }

    private static final class Places extends Semaphore {
        private static final long serialVersionUID = 1L;

        Places() {
            super(PLACES_MIN, true);
        }

        void change(int by) {
            if (by > 0) {
                release(by);
            } else if (by < 0) {
                reducePermits(-by);
            }
        }
    }

    /** Does {@code work} when it is its turn. */
    <A> A pass(Supplier<A> work) {
        takePlace();
        long began = round;
        try {
            A answer = work.get();
            endedWell();
            return answer;
        } catch (RepositoryUnavailableException refused) {
            narrow(began);
            throw refused;
        } finally {
            places.release();
        }
    }

    /** How many requests may be in work now. */
    synchronized int limit() {
        return (int) limit;
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(waitMax.toNanos(), TimeUnit.NANOSECONDS)) {
                throw sentAway("as many requests are in work as the store takes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw sentAway("interrupted while it waited for its turn");
        }
    }

    private RepositoryUnavailableException sentAway(String why) {
        return new RepositoryUnavailableException(why, false, returns.next(), null);
    }

    /** Room that nobody needs says nothing of the store; so no lock is taken while there is some. */
    private void endedWell() {
        returns.served();
        if (places.availablePermits() <= 0) {
            widen();
        }
    }

    private synchronized void widen() {
        change(limit + 1 / limit);
    }

    /** What was let in before the limit was lowered last tells nothing new. */
    private synchronized void narrow(long began) {
        if (began == round) {
            round = began + 1;
            change(limit * NARROWED);
        }
    }

    private void change(double next) {
        int before = (int) limit;
        limit = Math.clamp(next, PLACES_MIN, placesMax);
        places.change((int) limit - before);
    }
}
