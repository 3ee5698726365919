package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.Certificates;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Trust anchors as JSON; the certificate as Base64 of its DER. */
final class TrustAnchorCodec implements ResourceCodec<TrustAnchor> {
    @Override
    public String kind() {
        return "trust-anchor";
    }

    @Override
    public TenantId tenant(TrustAnchor value) {
        return value.tenant();
    }

    @Override
    public String name(TrustAnchor value) {
        return value.name();
    }

    @Override
    public void write(TrustAnchor value, ObjectNode into) {
        into.put("certificate", base64(value.certificate()));
        switch (value.possession()) {
            case Possession.Unproven() -> into.put("possession", "unproven");
            case Possession.Challenged(var codeHash, var expiresAt) ->
                into.put("possession", "challenged")
                        .put("codeHash", codeHash)
                        .put("codeExpiresAt", expiresAt.toString());
            case Possession.Proven(var at) -> into.put("possession", "proven").put("provenAt", at.toString());
        }
    }

    @Override
    public TrustAnchor read(TenantId tenant, String name, Json from) {
        return new TrustAnchor(tenant, name, certificate(from.text("certificate")), possession(from));
    }

    private static Possession possession(Json from) {
        return switch (from.text("possession")) {
            case "unproven" -> new Possession.Unproven();
            case "challenged" -> new Possession.Challenged(from.text("codeHash"), from.instant("codeExpiresAt"));
            case "proven" -> new Possession.Proven(from.instant("provenAt"));
            default -> throw new IllegalArgumentException("no such possession: " + from.text("possession"));
        };
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded", e);
        }
    }

    private static X509Certificate certificate(String base64) {
        try {
            return Certificates.parse(Base64.getDecoder().decode(base64));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate cannot be read", e);
        }
    }
}
