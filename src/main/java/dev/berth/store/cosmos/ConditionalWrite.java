package dev.berth.store.cosmos;

import dev.berth.store.StoreListener.Operation;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import dev.berth.store.cosmos.Fault.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * One write until it is known how it ended.
 *
 * <p>A request that got no answer may have been done, may be done still, or never. To send it again and to believe the answer would be
 * wrong: 409 or 412 may then be about the first request, which did what was wanted. So each write leaves its mark in the item, and one that is
 * in doubt looks there before it is tried again, and once more when the next answer is a conflict. Its own mark: it happened. What it
 * expects: it has not happened, and since it is conditional it may be sent again, even if the first one arrives meanwhile. Anything else: somebody
 * wrote since, nobody can tell any more, and the caller is told just that.
 */
final class ConditionalWrite {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Requests requests;
    private final StoreFence fence;
    private final Operation operation;
    private final Change change;
    private boolean inDoubt;

    ConditionalWrite(Requests requests, StoreFence fence, Operation operation, Change change) {
        this.requests = requests;
        this.fence = fence;
        this.operation = operation;
        this.change = change;
    }

    WriteResult run() {
        try {
            return fence.repeating(this::attempt);
        } catch (Fault fault) {
            throw fault.unavailable(inDoubt || fault.leavesDoubt());
        }
    }

    private WriteResult attempt() {
        if (inDoubt) {
            var found = look();
            if (isDone(found)) {
                return done(found);
            }
            if (!change.suits(found)) {
                throw undecidable();
            }
        }
        return switch (send()) {
            case Written written -> written;
            case Conflict conflict -> inDoubt ? settled() : conflict;
        };
    }

    private WriteResult send() {
        try {
            return requests.write(operation, change);
        } catch (Fault fault) {
            inDoubt |= fault.leavesDoubt();
            throw fault;
        }
    }

    /** After a conflict that an earlier request of this very write may have made. */
    private WriteResult settled() {
        var found = look();
        if (isDone(found)) {
            return done(found);
        }
        throw undecidable();
    }

    private Optional<Item> look() {
        return requests.find(operation, change.key());
    }

    private boolean isDone(Optional<Item> found) {
        return found.filter(change::isIn).isPresent();
    }

    private static Written done(Optional<Item> found) {
        return new Written(found.orElseThrow().version());
    }

    private static Fault undecidable() {
        return new Fault(
                Kind.UNDECIDABLE, "a write got no answer, and the document was written or deleted since", AT_ONCE);
    }
}
