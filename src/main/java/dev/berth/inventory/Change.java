package dev.berth.inventory;

import java.util.List;

/** How an administrator's change of a resource ended. */
public sealed interface Change<T> {
    /** It is durable; the resource as it is now (of a deletion: as it was). */
    record Done<T>(Versioned<T> value) implements Change<T> {}

    /** There is a resource of this name already. */
    record Exists<T>() implements Change<T> {}

    /** The resource has another version than the change is based on. */
    record Stale<T>() implements Change<T> {}

    /** There is no such resource, or no such tenant; {@code detail} says which. */
    record Missing<T>(String detail) implements Change<T> {}

    /** The change contradicts what is there. */
    record Refused<T>(String detail) implements Change<T> {}

    /** The value breaks a rule that its form alone does not show. */
    record Invalid<T>(List<Violation> violations) implements Change<T> {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}
