package dev.berth.forecast;

import java.time.Duration;

/** The times over which a rate is worked out. */
public enum RateWindow {
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1)),
    FIVE_DAYS("5d", Duration.ofDays(5));

    private final String label;
    private final Duration length;

    RateWindow(String label, Duration length) {
        this.label = label;
        this.length = length;
    }

    /** As metrics and the wire call it. */
    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }
}
