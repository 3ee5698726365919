package dev.berth.emulator.service;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a backend. A header that was not sent is null.
 *
 * @param hosts the names under which the instance was reached or could have been, in small letters; a token is for one
 * @param apiVersion as the client wrote it; empty if it did not
 */
public record ServiceRequest(
        String method, String path, String apiVersion, Set<String> hosts, Headers headers, byte[] body) {
    /** The headers that matter. */
    public record Headers(
            @Nullable String authorization,
            @Nullable String contentType,
            @Nullable String ifMatch,
            @Nullable String maxItemCount,
            @Nullable String continuation) {
        /** Tokens are credentials. */
        @Override
        public String toString() {
            return "Headers[" + contentType + ", " + ifMatch + ", " + maxItemCount + ", " + continuation + ']';
        }
    }
}
