package dev.berth.api.admin;

import dev.berth.identity.TenantId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a certificate of the operator CA lets its holder do: its SAN URIs are {@code urn:berth:role:platform-admin} or
 * {@code urn:berth:tenant:{tenant}:role:{role}}. Any other URI means nothing.
 */
final class OperatorCertificate {
    private static final int SAN_URI = 6;
    private static final String PLATFORM_ADMIN = "urn:berth:role:platform-admin";
    private static final Pattern TENANT_ROLE = Pattern.compile("urn:berth:tenant:(?<tenant>[^:]+):role:(?<role>[^:]+)");

    private OperatorCertificate() {}

    static Caller caller(X509Certificate certificate) {
        return new Caller(
                certificate.getSubjectX500Principal().getName(),
                uris(certificate).flatMap(uri -> grant(uri).stream()).collect(Collectors.toSet()));
    }

    private static Optional<Grant> grant(String uri) {
        var match = TENANT_ROLE.matcher(uri);
        if (uri.equals(PLATFORM_ADMIN)) {
            return Optional.of(Grant.PLATFORM_ADMIN);
        }
        return match.matches()
                ? TenantId.parse(match.group("tenant"))
                        .flatMap(tenant -> Grant.parse(match.group("role"), Optional.of(tenant)))
                        .filter(grant -> grant.role() != Role.PLATFORM_ADMIN)
                : Optional.empty();
    }

    private static Stream<String> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Stream.empty()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(SAN_URI))
                            .map(name -> String.valueOf(name.get(1)));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }
}
