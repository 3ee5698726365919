package dev.berth.emulator.fault;

import java.util.Arrays;
import java.util.Optional;

/** What can go wrong. Where several faults hit one request, the first of those that exclude each other decides. */
public enum FaultKind {
    OUTAGE("outage"),
    FAILOVER("failover"),
    RESET_BEFORE("reset-before"),
    HANG("hang"),
    THROTTLE("throttle"),
    ERROR("error"),
    RESET_AFTER("reset-after"),
    MALFORMED("malformed"),
    LATENCY("latency"),
    DRIP("drip");

    public final String wireName;

    FaultKind(String wireName) {
        this.wireName = wireName;
    }

    public static Optional<FaultKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }
}
