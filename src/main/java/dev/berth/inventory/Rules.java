package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between the resources of one kind and all others. Checked, not locked: of two changes at once both may pass, and what
 * then dangles is left out of every pool.
 */
interface Rules<T> {
    TenantId tenant(T value);

    String name(T value);

    /** The value as it is stored, in place of {@code previous} (null: it is new). */
    default T prepared(T value, @Nullable T previous) {
        return value;
    }

    /** Why the value may not be written, or empty. What it claims is claimed by this. */
    Optional<Change<T>> beforeWrite(T value, @Nullable T previous);

    /** Why the value may not be deleted, or empty. */
    Optional<Change<T>> beforeDelete(T value);

    /** Gives up what {@code gone} claimed and {@code left} (null: nothing is left) does not. */
    default void afterwards(T gone, @Nullable T left) {}
}
