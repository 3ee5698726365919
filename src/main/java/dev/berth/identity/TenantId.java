package dev.berth.identity;

import java.util.Optional;

/** An owner of devices: a vendor or a customer. */
public record TenantId(String value) implements Comparable<TenantId> {
    public TenantId {
        Name.require(value);
    }

    /** The tenant that {@code text} names, or empty if it is no name. */
    public static Optional<TenantId> parse(String text) {
        return Name.is(text) ? Optional.of(new TenantId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
