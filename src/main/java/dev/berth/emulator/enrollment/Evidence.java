package dev.berth.emulator.enrollment;

import java.util.Optional;

/**
 * What a device shows with one request; its enrollment says what of it counts.
 *
 * @param chain the certificates of the TLS session, whose key the handshake has proven
 * @param token the text of a shared access signature, unchecked
 */
public record Evidence(Optional<DeviceChain> chain, Optional<String> token) {
    public static Evidence of(DeviceChain chain) {
        return new Evidence(Optional.of(chain), Optional.empty());
    }

    public boolean isEmpty() {
        return chain.isEmpty() && token.isEmpty();
    }

    /** Tokens are credentials. */
    @Override
    public String toString() {
        return "Evidence["
                + chain.map(own -> own.leaf().getSubjectX500Principal().toString())
                        .orElse("no certificate") + (token.isPresent() ? ", token]" : "]");
    }
}
