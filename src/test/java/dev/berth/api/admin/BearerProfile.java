package dev.berth.api.admin;

import java.util.HashMap;
import java.util.Map;

/** The same with bearer tokens: of the test's own issuer, or of a Keycloak where one is given. */
public class BearerProfile extends AdminProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var config = new HashMap<>(super.getConfigOverrides());
        config.put("quarkus.oidc.tenant-enabled", "true");
        config.put("quarkus.oidc.client-id", "berth");
        config.put("quarkus.oidc.token.audience", TestIssuer.AUDIENCE);
        if (Keycloak.isGiven()) {
            config.put("quarkus.oidc.auth-server-url", Keycloak.url());
            config.put("berth.oidc.roles-claim", "realm_access/roles");
        } else {
            config.put("quarkus.oidc.auth-server-url", TestIssuer.url());
        }
        return config;
    }
}
