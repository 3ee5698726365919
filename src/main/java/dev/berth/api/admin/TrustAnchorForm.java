package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;

/** A trust anchor in JSON. */
final class TrustAnchorForm implements Form<TrustAnchor> {
    @Override
    public TrustAnchor read(TenantId tenant, String name, ObjectNode json) {
        return TrustAnchor.unproven(tenant, name, PemCertificate.read(json, "certificate"));
    }

    @Override
    public ObjectNode write(TrustAnchor anchor) {
        var certificate = anchor.certificate();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("tenant", anchor.tenant().value());
        json.put("name", anchor.name());
        json.put("state", anchor.proven() ? "verified" : "pending");
        switch (anchor.possession()) {
            case Possession.Unproven() -> {}
            case Possession.Challenged(var hash, var expiresAt) -> json.put("codeExpiresAt", expiresAt.toString());
            case Possession.Proven(var at) -> json.put("verifiedAt", at.toString());
        }
        json.put("subject", certificate.getSubjectX500Principal().getName());
        json.put("keyThumbprint", anchor.key().value());
        json.put("notBefore", certificate.getNotBefore().toInstant().toString());
        json.put("notAfter", certificate.getNotAfter().toInstant().toString());
        json.put("certificate", PemCertificate.write(certificate));
        return json;
    }
}
