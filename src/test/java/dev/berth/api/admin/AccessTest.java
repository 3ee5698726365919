package dev.berth.api.admin;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.Operation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every route, every role, in the caller's own tenant and in another. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class AccessTest {
    private static final String EVERYBODY = "platform-admin admin operator manufacturer installer reader";
    private static final String READERS = "platform-admin admin operator reader";
    private static final String OPERATORS = "platform-admin admin operator";
    private static final String ADMINS = "platform-admin admin";
    private static final String PLATFORM_ADMIN = "platform-admin";

    /** Said here once more, so that no slip of the contract opens a door. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("listTenants", PLATFORM_ADMIN),
            Map.entry("getTenant", READERS),
            Map.entry("putTenant", ADMINS),
            Map.entry("deleteTenant", PLATFORM_ADMIN),
            Map.entry("listDpsInstances", READERS),
            Map.entry("getDpsInstance", READERS),
            Map.entry("putDpsInstance", OPERATORS),
            Map.entry("deleteDpsInstance", OPERATORS),
            Map.entry("moveDpsInstance", OPERATORS),
            Map.entry("getEnrollmentSync", READERS),
            Map.entry("runEnrollmentSync", OPERATORS),
            Map.entry("getReconciliation", READERS),
            Map.entry("runReconciliation", OPERATORS),
            Map.entry("listReconciliationFindings", READERS),
            Map.entry("getDpsInstanceForecast", READERS),
            Map.entry("listPoolForecasts", READERS),
            Map.entry("listTrustAnchors", READERS),
            Map.entry("getTrustAnchor", READERS),
            Map.entry("putTrustAnchor", ADMINS),
            Map.entry("deleteTrustAnchor", ADMINS),
            Map.entry("getArrivals", READERS),
            Map.entry("createVerificationCode", ADMINS),
            Map.entry("verifyTrustAnchor", ADMINS),
            Map.entry("listEnrollmentGroups", READERS),
            Map.entry("getEnrollmentGroup", READERS),
            Map.entry("putEnrollmentGroup", OPERATORS),
            Map.entry("deleteEnrollmentGroup", OPERATORS),
            Map.entry("listDevices", EVERYBODY),
            Map.entry("getDevice", EVERYBODY),
            Map.entry("explainDevice", EVERYBODY));

    private static final List<Operation> OPERATIONS = AdminClient.conformance().contract().operations().stream()
            .filter(operation -> operation.isOn(Operation.ADMIN_LISTENER) && !operation.isPublic())
            .toList();

    private final AdminClient platformAdmin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Test
    void everyOperationSaysWhoMayCallIt() {
        assertThat(OPERATIONS.stream().collect(toMap(Operation::id, Operation::roles)))
                .isEqualTo(ALLOWED.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey,
                                entry -> Set.of(entry.getValue().split(" ")))));
    }

    @Test
    void everyRoleMayDoWhatIsListedInItsOwnTenantAndNothingElse() {
        for (var role : Role.values()) {
            var caller = AdminClient.as(TestPki.in("own", role));
            for (var operation : OPERATIONS) {
                boolean allowed = operation.roles().contains(role.wireName());
                check(caller, role, operation, "own", allowed);
                check(caller, role, operation, "other", allowed && role == Role.PLATFORM_ADMIN);
            }
        }
    }

    @Test
    void whetherATenantExistsShowsToThoseWhoMayEnterItOnly() {
        ensure("other");
        var stranger = AdminClient.as(TestPki.in("own", Role.ADMIN));

        var existing = stranger.get("getTenant", "/v1/tenants/other");
        var missing = stranger.get("getTenant", "/v1/tenants/missing");

        assertThat(existing.status()).isEqualTo(403);
        assertThat(existing.json().path("detail")).isEqualTo(missing.json().path("detail"));
    }

    @Test
    void onlyAPlatformAdminCreatesTenants() {
        var body = "{\"displayName\": \"New\"}";

        assertThat(AdminClient.as(TestPki.in("new", Role.ADMIN))
                        .put("putTenant", "/v1/tenants/new", body)
                        .problem())
                .isEqualTo("forbidden");
        assertThat(platformAdmin.put("putTenant", "/v1/tenants/new", body).status())
                .isEqualTo(201);
    }

    @Test
    void whoDoesNotSayWhoItIsIsUnauthenticatedEverywhere() {
        for (var operation : OPERATIONS) {
            assertThat(call(AdminClient.anonymous(), operation, "own").problem())
                    .as(operation.id())
                    .isEqualTo("unauthenticated");
        }
    }

    @Test
    void aCertificateWithoutARoleMayDoNothing() {
        for (var operation : OPERATIONS) {
            assertThat(call(AdminClient.as(TestPki.NOBODY), operation, "own").problem())
                    .as(operation.id())
                    .isEqualTo("forbidden");
        }
    }

    private void check(AdminClient caller, Role role, Operation operation, String tenant, boolean allowed) {
        ensure(tenant);
        var answer = call(caller, operation, tenant);
        assertThat(answer.status() != 403)
                .as("%s as %s in %s tenant: %d", operation.id(), role, tenant, answer.status())
                .isEqualTo(allowed);
        assertThat(answer.status()).isNotEqualTo(401).isLessThan(500);
    }

    private AdminClient.Answer call(AdminClient caller, Operation operation, String tenant) {
        var path = operation
                .path()
                .replace("{tenant}", tenant)
                .replace("{name}", "some-name")
                .replace("{registrationId}", "some-device");
        var body = AdminClient.conformance().examples(operation).stream()
                .findFirst()
                .orElse(null);
        return caller.call(operation.id(), path, body);
    }

    private void ensure(String tenant) {
        platformAdmin.put("putTenant", "/v1/tenants/" + tenant, "{\"displayName\": \"T\"}");
    }
}
