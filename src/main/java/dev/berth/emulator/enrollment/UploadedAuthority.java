package dev.berth.emulator.enrollment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CA as an instance holds it.
 *
 * @param verificationCode what a certificate of this CA has to be named to prove that its key is at hand; null unless asked for
 */
public record UploadedAuthority(
        CertificateAuthority authority,
        String etag,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String verificationCode) {}
