package dev.berth.explanation;

import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided of a device, and what stands now, in sentences. */
final class Reasons {
    private final Circumstances now;
    private final List<String> sentences = new ArrayList<>();

    private Reasons(Circumstances now) {
        this.now = now;
    }

    static List<String> of(Circumstances now) {
        var reasons = new Reasons(now);
        switch (now.device().state()) {
            case DeviceState.Waiting(Ticket ticket) -> reasons.addWaiting(ticket);
            case DeviceState.Bound bound -> reasons.addBound(bound);
        }
        reasons.addDispute();
        reasons.sentences.add(reasons.next());
        return List.copyOf(reasons.sentences);
    }

    private void addWaiting(Ticket ticket) {
        sentences.add("When it came, all slots of its pool within "
                + Words.time(now.settings().horizon())
                + " were given; so it is bound to no instance yet, and holds ticket " + ticket.number() + ".");
        if (now.place() != null && !now.place().ticket().equals(ticket)) {
            sentences.add("Its pool has changed since, so that ticket is void; the next ask gets a new one.");
        }
        addPlace(now.place());
    }

    private void addBound(DeviceState.Bound bound) {
        Assignment assignment = bound.assignment();
        var name = assignment.instance().name();
        if (assignment.choice() == null) {
            sentences.add("It is assigned to " + name + "; why it was that one was not noted.");
        } else {
            sentences.addAll(ChoiceReasons.of(assignment.choice(), name));
        }
        switch (bound) {
            case DeviceState.Told _ -> addSlot(assignment);
            case DeviceState.Registered registered ->
                sentences.add("It is registered"
                        + (registered.assignedHub() == null
                                ? "; at which hub is not known"
                                : " at " + registered.assignedHub())
                        + ".");
            case DeviceState.Failed failed -> sentences.add("Its registration failed" + failure(failed) + ".");
            case DeviceState.Requeued requeued -> {
                sentences.add("When it needed a fresh slot, all of " + name + " within "
                        + Words.time(now.settings().horizon()) + " were given; so it holds ticket "
                        + requeued.ticket().number() + " of that instance.");
                addPlace(now.place());
            }
        }
        addInstance(name);
    }

    /** The latest one; all of them are listed beside. */
    private void addDispute() {
        now.disputes().stream().findFirst().ifPresent(lost -> {
            var claim = lost.claim();
            sentences.add("While regions could not hear each other, " + claim.region() + " told it "
                    + claim.instance().name() + " on " + claim.at() + " in generation " + claim.generation()
                    + "; on " + lost.at() + " it was settled that "
                    + lost.instance().name() + " holds, in generation " + lost.generation() + ".");
        });
    }

    private void addSlot(Assignment assignment) {
        var slot = "Its slot at " + assignment.slot() + " was the first of "
                + assignment.instance().name() + " that was free when it asked on "
                + now.device().stateSince();
        sentences.add(
                Prospect.hasPassed(assignment, now)
                        ? slot + "; it has passed, and whether the device registered is not known."
                        : slot + ".");
    }

    private void addInstance(String name) {
        var own = now.own();
        if (own == null) {
            sentences.add(name + " is not in the inventory any more.");
            return;
        }
        switch (own.instance().state()) {
            case ACTIVE -> {}
            case DRAINING -> sentences.add(name + " is draining: it takes no new devices, and keeps this one.");
            case DISABLED -> sentences.add(name + " is disabled: it serves nobody.");
        }
        if (own.unavailableUntil() != null) {
            sentences.add(name + " is left alone until " + own.unavailableUntil() + ".");
        }
    }

    private void addPlace(@Nullable Place place) {
        if (place == null) {
            return;
        }
        if (place.admitted()) {
            sentences.add("Its turn has come.");
        } else {
            sentences.add(Words.areTickets(place.ahead()) + " ahead of it"
                    + (place.estimate() == null
                            ? "; nothing moves the queue now."
                            : ", which takes about " + Words.time(place.estimate()) + "."));
            addShare(place);
        }
    }

    private void addShare(Place place) {
        if (place.others() > 0) {
            sentences.add("Its queue, of "
                    + switch (place.ticket().queue().workClass()) {
                        case FIRST_BOOT -> "devices that boot for the first time";
                        case RE_REGISTRATION -> "devices that register again";
                        case JOB -> "jobs";
                    }
                    + ", gets " + Words.percent(place.share()) + " of the slots there, since "
                    + Words.moreQueuesWait(place.others()) + " there too.");
        }
    }

    private String next() {
        var opening = "If it asked now, it would be told ";
        return opening
                + switch (Prospect.of(now)) {
                    case SAME_SLOT -> "the same slot again.";
                    case FRESH_SLOT -> "a fresh slot.";
                    case CONNECT -> "to connect to its hub, and not to register.";
                    case QUEUED -> "to come back later, with its place kept.";
                    case ASKED_TOO_OFTEN -> "to come back later: it used up the fresh slots that one device may have.";
                    case POOL_EMPTY ->
                        "that no instance may take it: " + now.pool().emptyReason() + ".";
                    case POOL_FULL -> "that every instance of its pool is full.";
                    case POOL_UNAVAILABLE -> "that no instance can be used for it now.";
                };
    }

    private static String failure(DeviceState.Failed failed) {
        var code = failed.errorCode() == null ? "" : " with " + failed.errorCode();
        return code + (failed.errorMessage() == null ? "" : ": " + failed.errorMessage());
    }
}
