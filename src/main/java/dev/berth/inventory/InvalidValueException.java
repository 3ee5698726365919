package dev.berth.inventory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that cannot be; says of every member at once what it must be. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    private InvalidValueException(List<Violation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }

    /** Collects what is wrong with the members of one value. */
    static final class Check {
        private final List<Violation> violations = new ArrayList<>();

        Check that(boolean holds, String pointer, String detail) {
            if (!holds) {
                violations.add(new Violation(pointer, detail));
            }
            return this;
        }

        Check within(long value, long min, long max, String pointer) {
            return that(value >= min && value <= max, pointer, "must be from " + min + " to " + max);
        }

        Check text(@Nullable String value, int lengthMax, String pointer) {
            return that(
                    value == null
                            || (!value.isBlank()
                                    && value.length() <= lengthMax
                                    && value.chars().noneMatch(Character::isISOControl)),
                    pointer,
                    "must have 1 to " + lengthMax + " printable characters");
        }

        void orThrow() {
            if (!violations.isEmpty()) {
                throw new InvalidValueException(violations);
            }
        }
    }
}
