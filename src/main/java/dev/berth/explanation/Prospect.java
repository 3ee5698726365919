package dev.berth.explanation;

import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Gcra;

/**
 * What a device would be told if it asked now: the rules of provisioning, applied to what the store says and with nothing taken. The replica
 * that is really asked may hold slots or capacity of its own, and be kinder for a moment.
 */
final class Prospect {
    private Prospect() {}

    static NextAnswer of(Circumstances now) {
        return switch (now.device().state()) {
            case DeviceState.Waiting _ -> firstPlace(now);
            case DeviceState.Bound bound when !now.isUsable() -> NextAnswer.POOL_UNAVAILABLE;
            case DeviceState.Registered registered when registered.assignedHub() != null -> NextAnswer.CONNECT;
            case DeviceState.Told(Assignment assignment) when !hasPassed(assignment, now) -> NextAnswer.SAME_SLOT;
            case DeviceState.Bound bound -> freshSlot(now);
        };
    }

    static boolean hasPassed(Assignment assignment, Circumstances now) {
        return assignment.hasPassed(now.now(), now.settings().registerWithin());
    }

    private static NextAnswer firstPlace(Circumstances now) {
        var pool = now.pool();
        if (pool.size() == 0) {
            return NextAnswer.POOL_EMPTY;
        }
        var open = pool.open();
        if (open.isEmpty()) {
            return pool.available().size() == pool.members().size()
                    ? NextAnswer.POOL_FULL
                    : NextAnswer.POOL_UNAVAILABLE;
        }
        boolean slot = open.stream().anyMatch(member -> now.isWithinHorizon(member.outlook()));
        return slot && now.isItsTurn() ? NextAnswer.FRESH_SLOT : NextAnswer.QUEUED;
    }

    private static NextAnswer freshSlot(Circumstances now) {
        var paidUntil = now.device().slotsPaidUntil();
        var allowance = Gcra.perHour(now.settings().slotsPerDevicePerHour());
        if (allowance.decide(paidUntil, now.now()) instanceof Gcra.Decision.Denied) {
            return NextAnswer.ASKED_TOO_OFTEN;
        }
        var own = now.own();
        if (own == null || !now.atHome() || own.unavailableUntil() != null) {
            return NextAnswer.POOL_UNAVAILABLE;
        }
        return now.isWithinHorizon(own) && now.isItsTurn() ? NextAnswer.FRESH_SLOT : NextAnswer.QUEUED;
    }
}
