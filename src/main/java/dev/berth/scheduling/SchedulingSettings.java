package dev.berth.scheduling;

import java.time.Duration;

/**
 * The limits and waits of scheduling, all of them data.
 *
 * @param horizon a slot at most this far ahead binds the device at once; beyond it devices queue
 * @param selectionHorizon among instances whose next slot opens within it, the emptiest is chosen
 * @param lead a block begins at least this long after it is leased, so that its first device is told in time
 * @param registerWithin how long after its slot a device may begin to register
 * @param clockSkewMax how far apart two devices' ideas of their slots may be, because of the replicas' clocks; see {@link ClockOffset}
 * @param networkSpreadMax how far apart the ways of two devices to DPS can be
 * @param blockSlotsMax the most slots a replica ever holds of one instance; with 16 of them, 16 replicas let nobody be overtaken by more than
 *     256 devices, which is 16 s at DPS's own quota, and a ledger is written once for 8 devices in a rush
 * @param blockSpanMax a block is never longer than this, however slow the instance (but has one slot)
 * @param ledgerMargin a ledger further ahead than the horizon and this is brought back; must exceed any clock offset between replicas
 * @param ledgerFreshFor how long a replica believes what it read of a ledger or queue
 * @param leaseAttemptsMax compare-and-swaps of one lease before the instance counts as unavailable
 * @param outageRetry how long a replica leaves an instance alone whose ledger could not be reached
 * @param ticketBlockMax tickets of one lease
 * @param absenceLap in about this time the places of absent ticket holders go to those behind them
 * @param retryAfterMax the longest wait anybody is told
 * @param slotsPerDevicePerHour fresh slots one device may take in an hour, whatever its reasons
 * @param shares how an instance is divided among those that wait for it
 */
public record SchedulingSettings(
        Duration horizon,
        Duration selectionHorizon,
        Duration lead,
        Duration registerWithin,
        Duration clockSkewMax,
        Duration networkSpreadMax,
        int blockSlotsMax,
        Duration blockSpanMax,
        Duration ledgerMargin,
        Duration ledgerFreshFor,
        int leaseAttemptsMax,
        Duration outageRetry,
        int ticketBlockMax,
        Duration absenceLap,
        Duration retryAfterMax,
        int slotsPerDevicePerHour,
        ShareWeights shares) {

    /** Times on the wire carry milliseconds. */
    public static final Duration ROUNDING = Duration.ofMillis(1);

    /**
     * How long a replica gives capacity that it holds to new devices before it looks at the ledger again: who counts what an instance holds
     * has to wait as long until every grant of the epoch before has become a device, or never will.
     */
    public static final Duration GRANTS_FRESH_FOR = Duration.ofSeconds(10);

    /** Nobody is told to come back sooner. */
    public static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);

    private static final Duration RESERVE_MAX = Duration.ofSeconds(5);
    private static final int RESERVE_PART = 4;
    private static final int TICKET_RUN_PART = 16;
    private static final int BLOCK_PART = 32;
    private static final Duration RETRY_AFTER_LIMIT = Duration.ofDays(1);

    public static final SchedulingSettings DEFAULT = new SchedulingSettings(
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofMillis(700),
            Duration.ofMillis(200),
            Duration.ofMillis(299),
            16,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            32,
            Duration.ofSeconds(1),
            256,
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            20,
            ShareWeights.DEFAULT);

    public SchedulingSettings {
        require(isPositive(horizon) && isPositive(lead), "horizon and lead must be positive");
        require(selectionHorizon.compareTo(horizon) <= 0, "selectionHorizon must not exceed horizon");
        require(lead.compareTo(horizon) < 0, "lead must be shorter than horizon");
        require(isPositive(registerWithin), "registerWithin must be positive");
        require(!clockSkewMax.isNegative(), "clockSkewMax must not be negative");
        require(!networkSpreadMax.isNegative(), "networkSpreadMax must not be negative");
        require(blockSlotsMax >= 1 && blockSlotsMax <= 1_000, "blockSlotsMax must be 1 to 1000");
        require(isPositive(blockSpanMax), "blockSpanMax must be positive");
        require(
                ledgerMargin.compareTo(blockSpanMax) > 0,
                "ledgerMargin must exceed blockSpanMax, or a sound lease would look like a jump");
        require(!ledgerFreshFor.isNegative(), "ledgerFreshFor must not be negative");
        require(leaseAttemptsMax >= 1 && leaseAttemptsMax <= 1_000, "leaseAttemptsMax must be 1 to 1000");
        require(outageRetry.compareTo(RETRY_AFTER_MIN) >= 0, "outageRetry must be at least 1 s");
        require(ticketBlockMax >= 1 && ticketBlockMax <= 100_000, "ticketBlockMax must be 1 to 100000");
        require(isPositive(absenceLap), "absenceLap must be positive");
        require(retryAfterMax.compareTo(outageRetry) >= 0, "retryAfterMax must not be below outageRetry");
        require(retryAfterMax.compareTo(RETRY_AFTER_LIMIT) <= 0, "retryAfterMax must not exceed a day");
        require(slotsPerDevicePerHour >= 1, "slotsPerDevicePerHour must be at least 1");
    }

    /**
     * As many slots as open in this time are kept free while devices wait. With a short horizon less: devices that were let in need some seconds to come, and what is free until
     * then, the reserve included, has to lie within it.
     */
    Duration reserve() {
        Duration part = horizon.dividedBy(RESERVE_PART);
        return part.compareTo(RESERVE_MAX) < 0 ? part : RESERVE_MAX;
    }

    /** A run of tickets is let in within this: a replica that waits until the runs of some others were let in shall still be in time with the slots that it holds. */
    Duration ticketRunMax() {
        return horizon.dividedBy(TICKET_RUN_PART);
    }

    /**
     * The most slots that a replica wants to hold of an instance whose slots are so far apart. With a short horizon they are few: what a replica holds when the last of its devices has come
     * passes unused.
     */
    int blockSlots(SlotSpacing spacing) {
        return Math.clamp(spacing.fitInto(horizon.dividedBy(BLOCK_PART)), 1, blockSlotsMax);
    }

    /** The same with another horizon. */
    public SchedulingSettings withHorizon(Duration other) {
        return with(other, registerWithin, clockSkewMax, networkSpreadMax, shares);
    }

    /** The same with other parts of the arrival spread. */
    public SchedulingSettings withSpread(Duration within, Duration skewMax, Duration spreadMax) {
        return with(horizon, within, skewMax, spreadMax, shares);
    }

    /** The same with instances divided in another way. */
    public SchedulingSettings withShares(ShareWeights weights) {
        return with(horizon, registerWithin, clockSkewMax, networkSpreadMax, weights);
    }

    private SchedulingSettings with(
            Duration otherHorizon, Duration within, Duration skewMax, Duration spreadMax, ShareWeights weights) {
        return new SchedulingSettings(
                otherHorizon,
                selectionHorizon,
                lead,
                within,
                skewMax,
                spreadMax,
                blockSlotsMax,
                blockSpanMax,
                ledgerMargin,
                ledgerFreshFor,
                leaseAttemptsMax,
                outageRetry,
                ticketBlockMax,
                absenceLap,
                retryAfterMax,
                slotsPerDevicePerHour,
                weights);
    }

    /**
     * The smallest arrival spread with which an instance's limit holds for devices that keep to their window. Whoever sets the limits of
     * an instance for direct mode has to give it at least this.
     */
    public Duration arrivalSpreadMin() {
        return registerWithin.plus(clockSkewMax).plus(ROUNDING).plus(networkSpreadMax);
    }

    /** How far the clock of a replica may be from the store's: two of them may err in opposite directions. */
    public Duration clockOffsetMax() {
        return clockSkewMax.dividedBy(2);
    }

    /** {@code wait}, made a Retry-After that may be told. */
    public Duration retryAfter(Duration wait) {
        if (wait.compareTo(RETRY_AFTER_MIN) < 0) {
            return RETRY_AFTER_MIN;
        }
        return wait.compareTo(retryAfterMax) > 0 ? retryAfterMax : wait;
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
