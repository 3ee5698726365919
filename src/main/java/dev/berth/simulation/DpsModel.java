package dev.berth.simulation;

/** One DPS instance as it is at Microsoft's side: it counts what arrives, and answers 429 to what is too much. */
final class DpsModel {
    private final DpsWindow window;
    private final LongDeque lastMinute = new LongDeque();
    private int limitPerMinute;
    private int outages;
    private int worstMinute;
    private long registrations;
    private long throttled;

    DpsModel(DpsWindow window, int limitPerMinute) {
        this.window = window;
        this.limitPerMinute = limitPerMinute;
    }

    /** How a register request ended. */
    enum Answer {
        ASSIGNED,
        THROTTLED,
        UNREACHABLE
    }

    Answer register(long nanos) {
        if (isAway()) {
            return Answer.UNREACHABLE;
        }
        lastMinute.removeUpTo(nanos - DpsWindow.MINUTE_NANOS);
        lastMinute.add(nanos);
        worstMinute = Math.max(worstMinute, lastMinute.size());
        if (!window.accepts(nanos, limitPerMinute)) {
            throttled++;
            return Answer.THROTTLED;
        }
        registrations++;
        return Answer.ASSIGNED;
    }

    /** Nobody reaches it, until it came back as often as it went away. */
    void goAway() {
        outages++;
    }

    void comeBack() {
        outages--;
    }

    boolean isAway() {
        return outages > 0;
    }

    void setLimitPerMinute(int limit) {
        limitPerMinute = limit;
    }

    int limitPerMinute() {
        return limitPerMinute;
    }

    /** Requests of the last 60 s, those that were refused among them. */
    int lastMinute() {
        return lastMinute.size();
    }

    /** The most requests in any 60 s so far. */
    int worstMinute() {
        return worstMinute;
    }

    long registrations() {
        return registrations;
    }

    long throttled() {
        return throttled;
    }
}
