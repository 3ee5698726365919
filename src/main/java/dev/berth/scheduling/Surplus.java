package dev.berth.scheduling;

/**
 * What a replica holds of an instance and does not need.
 *
 * @param tail the unspent end of its newest block, perhaps empty
 * @param epoch of the ledger when the grants were taken; once a count has begun they are its to find, and do not go back
 */
record Surplus(SlotBlock tail, int grants, long epoch) {
    static final Surplus NONE = new Surplus(SlotBlock.NONE, 0, 0);

    boolean isEmpty() {
        return tail.isEmpty() && grants == 0;
    }

    /** The ledger with this back in it; slots only if nobody leased later ones, since a ledger has no holes. */
    Ledger backIn(Ledger ledger) {
        return ledger.givenUntil(endsWithOurs(ledger) ? tail.from() : ledger.slotsGivenUntil())
                .granted(ledger.epoch() == epoch ? -grants : 0);
    }

    /** What is left once this is {@link #backIn} the ledger. */
    Surplus afterReturnTo(Ledger ledger) {
        return endsWithOurs(ledger) ? NONE : new Surplus(tail, 0, epoch);
    }

    private boolean endsWithOurs(Ledger ledger) {
        return tail.until().equals(ledger.slotsGivenUntil());
    }
}
