package dev.berth.store;

import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls on one document by several callers, and whether some order explains them: each call takes effect at one instant between its
 * begin and its end. Wing and Gong's search: try every call that no unexplained call ended before, and go on behind it; what was tried
 * once, the calls explained so far and the version they leave, is not tried again.
 */
final class History {
    /** In place of a version: there is no document. */
    private static final String NONE = "none";

    /**
     * One call: when it ran, before which versions it can have answered so, which version it leaves (null: the same), and which one its
     * caller has seen last.
     */
    record Call(
            String name,
            long begin,
            long end,
            Predicate<String> possible,
            @Nullable String after,
            String seen) {

        static Call insert(Supplier<WriteResult> insert) {
            return write("insert", NONE::equals, version -> version, NONE, insert);
        }

        static Call replace(String expected, Supplier<WriteResult> replace) {
            return write("replace " + expected, isVersion(expected), version -> version, expected, replace);
        }

        static Call delete(String expected, Supplier<WriteResult> delete) {
            return write("delete " + expected, isVersion(expected), version -> NONE, expected, delete);
        }

        static Call find(Supplier<Optional<Document>> find) {
            var begin = System.nanoTime();
            var seen = find.get().map(Document::version).orElse(NONE);
            return new Call("find: " + seen, begin, System.nanoTime(), seen::equals, null, seen);
        }

        private static Call write(
                String name,
                Predicate<String> condition,
                UnaryOperator<String> after,
                String seen,
                Supplier<WriteResult> write) {
            var begin = System.nanoTime();
            var result = write.get();
            var end = System.nanoTime();
            return switch (result) {
                case Written(var version) ->
                    new Call(name + ": " + version, begin, end, condition, after.apply(version), version);
                case Conflict _ -> new Call(name + ": conflict", begin, end, condition.negate(), null, seen);
            };
        }

        private static Predicate<String> isVersion(String expected) {
            return before -> !before.equals(NONE) && before.equals(expected);
        }

        @Override
        public String toString() {
            return "\n" + begin + " to " + end + " " + name;
        }
    }

    private History() {}

    static boolean isLinearizable(List<Call> calls) {
        if (calls.size() > Long.SIZE - 1) {
            throw new IllegalArgumentException("too many calls");
        }
        return isExplained(calls, 0, NONE, new HashSet<>());
    }

    private record Tried(long explained, String version) {}

    private static boolean isExplained(List<Call> calls, long explained, String version, Set<Tried> tried) {
        if (Long.bitCount(explained) == calls.size()) {
            return true;
        }
        if (!tried.add(new Tried(explained, version))) {
            return false;
        }
        var firstEnd = firstEnd(calls, explained);
        for (var i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            if ((explained & (1L << i)) != 0 || call.begin() > firstEnd) {
                continue;
            }
            if (call.possible().test(version)
                    && isExplained(
                            calls, explained | (1L << i), Objects.requireNonNullElse(call.after(), version), tried)) {
                return true;
            }
        }
        return false;
    }

    private static long firstEnd(List<Call> calls, long explained) {
        var end = Long.MAX_VALUE;
        for (var i = 0; i < calls.size(); i++) {
            if ((explained & (1L << i)) == 0) {
                end = Math.min(end, calls.get(i).end());
            }
        }
        return end;
    }
}
