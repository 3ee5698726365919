package dev.berth.identity;

import java.time.Instant;

/** Whether a tenant has proved that it holds the key of a trust anchor. Only a proven anchor vouches for anybody. */
public sealed interface Possession {
    /** Nobody has asked for a verification code yet. */
    record Unproven() implements Possession {}

    /**
     * A verification code is out.
     *
     * @param codeHash what remains of the code here, bound to the anchor: see {@link PossessionProof}
     */
    record Challenged(String codeHash, Instant expiresAt) implements Possession {
        @Override
        public String toString() {
            return "Challenged[expiresAt=" + expiresAt + "]";
        }
    }

    /** The key's holder signed the code. */
    record Proven(Instant at) implements Possession {}
}
