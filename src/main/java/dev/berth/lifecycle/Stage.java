package dev.berth.lifecycle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the reconciliation of one instance is; each stage leads to the next, and any to {@link Failed}. */
public sealed interface Stage {
    /** What has been counted. */
    Count count();

    /** It still has work to do. */
    sealed interface Open extends Stage {}

    /** It came to its end. */
    sealed interface Ended extends Stage {
        Instant at();

        /** Without what only the newest one is asked for. */
        Ended summary();
    }

    /**
     * The ledger does not know of it yet.
     *
     * @param remembered groups that the instance had when it was counted last
     */
    record Beginning(List<String> remembered) implements Open {
        public Beginning {
            remembered = List.copyOf(remembered);
        }

        @Override
        public Count count() {
            return new Count(
                    remembered.stream()
                            .map(group -> GroupCount.of(group, false))
                            .toList(),
                    0,
                    Tally.NONE);
        }
    }

    /**
     * Registrations are read, group by group.
     *
     * @param continuation where to go on in the group that is being counted; null: at its start
     */
    record Counting(
            Baseline baseline, Count count, @Nullable String continuation) implements Open {}

    /** The devices that are assigned to the instance are compared with what was seen there. */
    record Comparing(Baseline baseline, Count count) implements Open {}

    /** The ledger was settled. */
    record Settled(Count count, Settlement settlement, Instant at) implements Ended {
        @Override
        public Settled summary() {
            return new Settled(count.summary(), settlement, at);
        }
    }

    /** It could not come to its end, and the ledger is as it was. */
    record Failed(Count count, String reason, Instant at) implements Ended {
        @Override
        public Failed summary() {
            return new Failed(count.summary(), reason, at);
        }
    }

    /**
     * What the ledger said when the count began.
     *
     * @param epoch that began with it
     * @param at by the clock of whoever began it
     */
    record Baseline(long epoch, long committed, Instant at) {}
}
