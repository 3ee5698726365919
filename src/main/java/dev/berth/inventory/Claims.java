package dev.berth.inventory;

import java.util.Optional;

/** The stored claims. Writes are atomic for one claim and durable, and end like those of a {@link Catalog}. */
public interface Claims {
    Optional<Versioned<Claim>> find(Claim.Subject subject);

    /** Claims what nobody has claimed yet; of several at once, one is written. */
    Catalog.Outcome insert(Claim claim);

    Catalog.Outcome replace(Claim claim, String expectedVersion);

    Catalog.Outcome delete(Claim.Subject subject, String expectedVersion);
}
