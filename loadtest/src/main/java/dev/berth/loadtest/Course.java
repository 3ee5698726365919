package dev.berth.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What befell the devices of one phase. */
final class Course {
    /** What is counted beside asks. */
    enum Event {
        /** Once for each device. */
        TOLD,
        TOLD_TO_REGISTER,
        TOLD_TO_CONNECT,
        /** Another instance or generation than before, without having asked for it. */
        TOLD_SOMETHING_ELSE,
        OVERSLEPT,
        REGISTERED,
        THROTTLED_BY_DPS,
        REFUSED_BY_DPS,
        /** That it is registered. */
        REPORTED,
        GAVE_UP
    }

    /** An ask that has ended, well or not. */
    record Ask(long endedAt, int millis, Answer.Kind kind) {}

    private final Map<String, String> assignments;
    private final Queue<Ask> asks = new ConcurrentLinkedQueue<>();
    private final Queue<Long> latenesses = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

    /** {@code assignments} outlive a phase: what each device was told last. */
    Course(ConcurrentHashMap<String, String> assignments) {
        this.assignments = assignments;
        for (var event : Event.values()) {
            events.put(event, new LongAdder());
        }
    }

    void asked(Answer answer, long now) {
        asks.add(new Ask(now, answer.millis(), answer.kind()));
        if (answer.kind() == Answer.Kind.WRONG) {
            wrong(answer);
        }
    }

    void wrong(Answer answer) {
        wrong.add(answer.status() + " " + answer.json().path("type").asText());
    }

    void told(JsonNode answer) {
        count(answer.path("action").asText().equals("connect") ? Event.TOLD_TO_CONNECT : Event.TOLD_TO_REGISTER);
        String assignment = answer.path("idScope").asText() + "/"
                + answer.path("generation").asText();
        String before = assignments.put(answer.path("registrationId").asText(), assignment);
        if (before != null && !before.equals(assignment)) {
            count(Event.TOLD_SOMETHING_ELSE);
        }
    }

    /** A pause of the load generator was that much too long. It is late when it has more to do than it can. */
    void woke(long lateNanos) {
        latenesses.add(lateNanos);
    }

    List<Long> latenesses() {
        return List.copyOf(latenesses);
    }

    void count(Event event) {
        events.get(event).increment();
    }

    long counted(Event event) {
        return events.get(event).sum();
    }

    long counted(Answer.Kind kind) {
        return of(kind).count();
    }

    Asks asks() {
        return new Asks(List.copyOf(asks));
    }

    /** Answers that no device of this test should see, each kind once. */
    List<String> wrong() {
        return wrong.stream().distinct().sorted().toList();
    }

    private Stream<Ask> of(Answer.Kind kind) {
        return asks.stream().filter(ask -> ask.kind() == kind);
    }
}
