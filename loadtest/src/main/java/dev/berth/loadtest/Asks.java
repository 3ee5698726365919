package dev.berth.loadtest;

import java.util.List;

/** Figures of asks that have ended. */
record Asks(List<Course.Ask> all) {
    private static final double FROM = 0.1;
    private static final double TO = 0.9;

    Asks {
        all = List.copyOf(all);
    }

    /** Milliseconds within which that share of the admitted was admitted; 0 of nobody. */
    double percentile(double share) {
        var millis = admitted().stream().mapToInt(Course.Ask::millis).sorted().toArray();
        return millis.length == 0 ? 0 : millis[(int) Math.ceil(share * millis.length) - 1];
    }

    /** Devices admitted in a second, while the devices between a tenth and nine tenths were: without the first rush and the last stragglers. */
    double goodput() {
        var course = middle();
        return course.seconds() == 0 ? 0 : course.admitted() / course.seconds();
    }

    /** Asks in a second meanwhile, lost ones included. */
    double offered() {
        var course = middle();
        long asks = all.stream()
                .filter(ask -> ask.endedAt() > course.from() && ask.endedAt() <= course.to())
                .count();
        return course.seconds() == 0 ? 0 : asks / course.seconds();
    }

    private record Middle(long from, long to, int admitted) {
        double seconds() {
            return (to - from) / 1e9;
        }
    }

    private Middle middle() {
        var times = admitted().stream().mapToLong(Course.Ask::endedAt).sorted().toArray();
        if (times.length < 2) {
            return new Middle(0, 0, 0);
        }
        int from = (int) (FROM * times.length);
        int to = Math.min((int) (TO * times.length), times.length - 1);
        return new Middle(times[from], times[to], to - from);
    }

    private List<Course.Ask> admitted() {
        return all.stream().filter(ask -> ask.kind() == Answer.Kind.ADMITTED).toList();
    }
}
