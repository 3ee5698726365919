package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tokens of a real Keycloak. Opt in with
 * {@code mvn test -Dtest=KeycloakTest -Ddev.berth.test.keycloak=/path/of/keycloak-quarkus-dist-26.4.0.tar.gz}.
 */
@QuarkusTest
@TestProfile(BearerProfile.class)
@EnabledIfSystemProperty(
        named = Keycloak.PROPERTY,
        matches = ".+",
        disabledReason = "SKIPPED: no Keycloak distribution is given, see KeycloakTest")
class KeycloakTest {
    private static final String OWN = "/v1/tenants/contoso";

    @BeforeEach
    void theTenantExists() {
        AdminClient.as(TestPki.PLATFORM_ADMIN).put("putTenant", OWN, "{\"displayName\": \"Contoso\"}");
    }

    @Test
    void aClientMayDoWhatItsRoleSaysInItsTenant() {
        var operator = AdminClient.bearing(Keycloak.token("contoso-operator"));

        assertThat(operator.get("getTenant", OWN).status()).isEqualTo(200);
        assertThat(operator.put("putTenant", OWN, "{\"displayName\": \"X\"}").problem())
                .isEqualTo("forbidden");
        assertThat(operator.get("getTenant", "/v1/tenants/fabrikam").problem()).isEqualTo("forbidden");
    }

    @Test
    void aPlatformAdminMayDoEverything() {
        var admin = AdminClient.bearing(Keycloak.token("platform-admin"));

        assertThat(admin.get("listTenants", "/v1/tenants").status()).isEqualTo(200);
        assertThat(admin.get("getTenant", OWN).status()).isEqualTo(200);
    }

    @Test
    void aClientWithoutATenantMayDoNothing() {
        assertThat(AdminClient.bearing(Keycloak.token("homeless-operator"))
                        .get("getTenant", OWN)
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void aTokenForAnotherAudienceIsNotBelieved() {
        assertThat(AdminClient.bearing(Keycloak.token("elsewhere-operator"))
                        .get("getTenant", OWN)
                        .problem())
                .isEqualTo("unauthenticated");
    }
}
