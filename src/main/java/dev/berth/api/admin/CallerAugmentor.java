package dev.berth.api.admin;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Makes a {@link Caller} of whoever Quarkus has authenticated, by certificate or by token. */
@ApplicationScoped
final class CallerAugmentor implements SecurityIdentityAugmentor {
    private static final String ATTRIBUTE = "berth.caller";

    private final BearerToken bearerToken;
    private final InstantSource clock;

    CallerAugmentor(
            @ConfigProperty(name = "berth.oidc.tenant-claim", defaultValue = "berth_tenant") String tenantClaim,
            @ConfigProperty(name = "berth.oidc.roles-claim", defaultValue = "roles") String rolesClaim,
            InstantSource clock) {
        this.bearerToken = new BearerToken(tenantClaim, rolesClaim);
        this.clock = clock;
    }

    static Optional<Caller> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(() -> caller(identity)
                        .<SecurityIdentity>map(caller -> QuarkusSecurityIdentity.builder(identity)
                                .addAttribute(ATTRIBUTE, caller)
                                .build())
                        .orElse(identity));
    }

    private Optional<Caller> caller(SecurityIdentity identity) {
        var credential = identity.getCredential(CertificateCredential.class);
        if (credential != null) {
            return Optional.of(OperatorCertificate.caller(requireValid(credential.getCertificate())));
        }
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(bearerToken.caller(token))
                : Optional.empty();
    }

    /** A connection, or a session that it resumes, can outlive the certificate that opened it. */
    private X509Certificate requireValid(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return certificate;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new AuthenticationFailedException("the operator certificate is not valid now", e);
        }
    }
}
