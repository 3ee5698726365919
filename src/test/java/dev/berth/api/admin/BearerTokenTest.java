package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bearer token lets its holder do what its roles say in its tenant, and nothing when it is not to be believed. */
@QuarkusTest
@TestProfile(BearerProfile.class)
@DisabledIfSystemProperty(
        named = Keycloak.PROPERTY,
        matches = ".+",
        disabledReason = "Keycloak issues the tokens of this run")
class BearerTokenTest {
    private static final String OWN = "/v1/tenants/own";

    @BeforeEach
    void bothTenantsExist() {
        var admin = AdminClient.as(TestPki.PLATFORM_ADMIN);
        admin.put("putTenant", OWN, "{\"displayName\": \"Own\"}");
        admin.put("putTenant", "/v1/tenants/other", "{\"displayName\": \"Other\"}");
    }

    @Test
    void aRoleHoldsInTheTenantOfTheToken() {
        var reader = bearing(TestIssuer.claims("reader", "own"));

        assertThat(reader.get("getTenant", OWN).status()).isEqualTo(200);
        assertThat(reader.get("getTenant", "/v1/tenants/other").problem()).isEqualTo("forbidden");
        assertThat(reader.put("putTenant", OWN, "{\"displayName\": \"X\"}").problem())
                .isEqualTo("forbidden");
        assertThat(reader.get("listTenants", "/v1/tenants").problem()).isEqualTo("forbidden");
    }

    @Test
    void aPlatformAdminNeedsNoTenant() {
        var claims = TestIssuer.claims("platform-admin", "own");
        claims.remove("berth_tenant");

        assertThat(bearing(claims).get("listTenants", "/v1/tenants").status()).isEqualTo(200);
    }

    @Test
    void aTokenMayNameSeveralTenants() {
        var claims = TestIssuer.claims("reader", "own");
        claims.put("berth_tenant", List.of("own", "other"));

        assertThat(bearing(claims).get("getTenant", OWN).status()).isEqualTo(200);
        assertThat(bearing(claims).get("getTenant", "/v1/tenants/other").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"berth_tenant", "roles"})
    void aTokenWithoutTenantOrRolesMayDoNothing(String claim) {
        var claims = TestIssuer.claims("admin", "own");
        claims.remove(claim);

        assertThat(bearing(claims).get("getTenant", OWN).problem()).isEqualTo("forbidden");
    }

    @Test
    void aTokenOfAnotherIssuerIsNotBelieved() {
        refused(with("iss", "https://elsewhere.example"));
    }

    @Test
    void aTokenForAnotherAudienceIsNotBelieved() {
        refused(with("aud", "somebody-else"));
    }

    @Test
    void anExpiredTokenIsNotBelieved() {
        refused(with("exp", Instant.now().minusSeconds(600).getEpochSecond()));
    }

    @Test
    void aTokenOfTheFutureIsNotBelieved() {
        refused(with("nbf", Instant.now().plusSeconds(600).getEpochSecond()));
    }

    @Test
    void aTokenSignedBySomebodyElseIsNotBelieved() {
        var other = KeyAlgorithm.RSA_2048.generate(new SecureRandom()).getPrivate();

        refused(TestIssuer.token(TestIssuer.claims("admin", "own"), other));
    }

    @Test
    void anUnsignedTokenIsNotBelieved() {
        refused(TestIssuer.unsigned(TestIssuer.claims("admin", "own")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", ".."})
    void whatIsNoTokenIsNotBelieved(String text) {
        refused(text);
    }

    @Test
    void whoHasNoCredentialsIsToldToBringAToken() {
        var answer = AdminClient.anonymous().get("getTenant", OWN);

        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    void certificatesStillDo() {
        assertThat(AdminClient.as(TestPki.in("own", Role.READER))
                        .get("getTenant", OWN)
                        .status())
                .isEqualTo(200);
    }

    private static void refused(String token) {
        assertThat(AdminClient.bearing(token).get("getTenant", OWN).problem()).isEqualTo("unauthenticated");
    }

    private static String with(String claim, Object value) {
        var claims = new HashMap<>(TestIssuer.claims("admin", "own"));
        claims.put(claim, value);
        return TestIssuer.token(claims);
    }

    private static AdminClient bearing(Map<String, Object> claims) {
        return AdminClient.bearing(TestIssuer.token(claims));
    }
}
