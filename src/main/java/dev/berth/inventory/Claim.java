package dev.berth.inventory;

import java.time.Instant;

/**
 * What makes something that only one resource of all tenants may have belong to that one.
 *
 * @param holder the resource, as {@code tenant/name}
 */
public record Claim(Subject subject, String holder, Instant at) {
    /** What is claimed: the public key of a proven trust anchor (its thumbprint), or an ID scope. */
    public record Subject(Kind kind, String value) {}

    /** The kinds of things that are claimed. */
    public enum Kind {
        ANCHOR_KEY,
        ID_SCOPE
    }
}
