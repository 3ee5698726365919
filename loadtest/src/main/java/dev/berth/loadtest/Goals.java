package dev.berth.loadtest;

import dev.berth.loadtest.Course.Event;
import java.util.ArrayList;
import java.util.List;

/** What each scenario should come to. */
record Goals(Scenario scenario, Fleet fleet) {
    private static final double OFFERED = 10;
    private static final double GOODPUT = 0.95;
    private static final double SLOWER = 2;
    private static final double STEADY_MILLIS = 250;
    private static final double RUSH_MILLIS = 10_000;

    List<Goal> all() {
        var goals = new ArrayList<Goal>();
        goals.add(Goal.atLeast(devices(), "devices told what to do", counted(Event.TOLD), ""));
        goals.addAll(ofScenario());
        goals.add(Goal.atMost(0, "refused without Retry-After", counted(Answer.Kind.REFUSED_UNTOLD), "answers"));
        goals.add(Goal.atMost(0, "answers that no device should get", counted(Answer.Kind.WRONG), ""));
        goals.add(Goal.atMost(0, "told another instance than before", counted(Event.TOLD_SOMETHING_ELSE), "devices"));
        return goals;
    }

    /** Answers that no device should get, each kind once. */
    List<String> wrong() {
        return measured().stream()
                .flatMap(course -> course.wrong().stream())
                .distinct()
                .toList();
    }

    /** What was counted and has no goal. */
    List<String> counts() {
        return List.of(
                "%,d asks, of which %,d were refused until later and %,d got no answer; %,d slots overslept"
                        .formatted(
                                measured().stream()
                                        .mapToLong(course -> course.asks().all().size())
                                        .sum(),
                                counted(Answer.Kind.REFUSED),
                                counted(Answer.Kind.LOST),
                                counted(Event.OVERSLEPT)),
                generatorLate());
    }

    /** Figures of a generator that is late are its own. */
    private String generatorLate() {
        var late = measured().stream()
                .flatMap(course -> course.latenesses().stream())
                .mapToLong(nanos -> nanos / 1_000_000)
                .sorted()
                .toArray();
        return late.length == 0
                ? "the load generator never paused"
                : "the load generator itself was late by %,d ms in the middle, %,d ms at the 99th percentile"
                        .formatted(late[late.length / 2], late[(int) (0.99 * (late.length - 1))]);
    }

    private List<Goal> ofScenario() {
        return switch (scenario) {
            case FIRST_BOOT_STORM, BLACKOUT_OF_NEW_DEVICES, BLACK_FRIDAY_RAMP, UPDATE_WAVE ->
                with(registered(devices()), noneLost(), p99(RUSH_MILLIS));
            case BLACKOUT_OF_ASSIGNED_DEVICES -> List.of(told(devices()), noneLost(), p99(RUSH_MILLIS));
            case STEADY_STATE -> {
                int fresh = devices() / Scenario.NEW_ONE_IN;
                yield with(registered(fresh), told(devices() - fresh), noneLost(), p99(STEADY_MILLIS));
            }
            case OVERLOAD -> overload();
        };
    }

    private List<Goal> overload() {
        var unloaded = fleet.course(Scenario.UNLOADED).asks();
        var peak = fleet.course(Scenario.PEAK).asks();
        var insistent = fleet.course(Scenario.INSISTENT).asks();
        return List.of(
                Goal.atLeast(OFFERED, "asks a second meanwhile", insistent.offered() / peak.goodput(), "x the peak"),
                Goal.atLeast(
                        GOODPUT,
                        "devices told a second meanwhile",
                        insistent.goodput() / peak.goodput(),
                        "of the peak"),
                Goal.atMost(
                        SLOWER,
                        "99 % of the admitted are told within",
                        insistent.percentile(0.99) / unloaded.percentile(0.99),
                        "x unloaded"));
    }

    private List<Goal> registered(int expected) {
        return List.of(
                Goal.atLeast(expected, "registered, and reported it", counted(Event.REPORTED), "devices"),
                Goal.atMost(0, "answers of 429 by DPS", counted(Event.THROTTLED_BY_DPS), ""),
                Goal.atMost(0, "other refusals by DPS", counted(Event.REFUSED_BY_DPS), ""));
    }

    private Goal told(int expected) {
        return Goal.atLeast(expected, "told their hub at once", counted(Event.TOLD_TO_CONNECT), "devices");
    }

    private Goal noneLost() {
        return Goal.atMost(0, "asks without any answer", counted(Answer.Kind.LOST), "");
    }

    private Goal p99(double millis) {
        var asks = new Asks(measured().stream()
                .flatMap(course -> course.asks().all().stream())
                .toList());
        return Goal.atMost(millis, "99 % of the admitted are told within", asks.percentile(0.99), "ms");
    }

    private static List<Goal> with(List<Goal> some, Goal... others) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(others));
        return all;
    }

    private int devices() {
        return fleet.phases().stream()
                .filter(Phase::measured)
                .mapToInt(Phase::count)
                .sum();
    }

    private long counted(Event event) {
        return measured().stream().mapToLong(course -> course.counted(event)).sum();
    }

    private long counted(Answer.Kind kind) {
        return measured().stream().mapToLong(course -> course.counted(kind)).sum();
    }

    private List<Course> measured() {
        return fleet.phases().stream()
                .filter(Phase::measured)
                .map(fleet::course)
                .toList();
    }
}
