package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;

/** What one count remembers besides its stage: which registrations it saw, and what it found. Stored in parts beside the stage. */
final class CountMemory {
    private final DpsInstanceId instance;
    private final Reconciliations store;
    private final SeenIds seen;
    private Findings findings;

    /** None yet; what a count before this one left is as good as nothing, until the first of this one is saved. */
    CountMemory(DpsInstanceId instance, Reconciliations store, int registrationsMax) {
        this.instance = instance;
        this.store = store;
        this.seen = new SeenIds(registrationsMax);
        this.findings = Findings.none(instance, store);
    }

    /** What an earlier life of the count saw is gone. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("what was counted before the interruption cannot be read");
        }
    }

    /** Takes up what an earlier life of the count saved. */
    void restore(int chunks) {
        findings = Findings.saved(instance, store);
        for (int chunk = 0; chunk < chunks; chunk++) {
            seen.restore(store.seen(instance, chunk).orElseThrow(Unreadable::new));
        }
    }

    /** Whether the registration was not seen yet. */
    boolean see(String registrationId) {
        return seen.add(SeenIds.hash(registrationId));
    }

    boolean hasSeen(String registrationId) {
        return seen.contains(SeenIds.hash(registrationId));
    }

    /** How many registrations were seen. */
    int size() {
        return seen.size();
    }

    /** One more finding; what it adds to the tally. */
    Tally add(Finding finding) {
        return findings.add(finding);
    }

    /** Whether as much was seen since it was saved as one chunk holds, but for one page. */
    boolean isChunkFull() {
        return seen.recent() + DpsService.PAGE_MAX > Reconciliations.CHUNK_MAX;
    }

    /** Saves all that is not saved yet; the count that knows how many chunks there are now. */
    Count save(Count count) {
        findings.save();
        if (seen.recent() == 0) {
            return count;
        }
        store.saveSeen(instance, count.chunks(), seen.recentHashes());
        seen.saved();
        return new Count(count.groups(), count.chunks() + 1, count.tally());
    }

    void saveFindings() {
        findings.save();
    }

    /** Once the count has ended. What is left behind, the next one overwrites. */
    void forget(int chunks) {
        try {
            store.forgetSeen(instance, chunks);
        } catch (RepositoryUnavailableException outage) {
            // They are a few documents, and nobody reads them.
        }
    }
}
