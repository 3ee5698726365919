package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** What administrators do with resources; every answer is held to the contract on the way. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class AdminApiTest {
    private static final String TENANT = "{\"displayName\": \"Contoso\"}";
    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Test
    void aTenantIsCreatedReadReplacedAndDeleted() {
        var created = admin.put("putTenant", "/v1/tenants/c1", TENANT);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location")).endsWith("/v1/tenants/c1");

        var read = admin.get("getTenant", "/v1/tenants/c1");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.etag()).isEqualTo(created.etag());
        assertThat(read.json()).isEqualTo(created.json());

        var replaced = admin.put("putTenant", "/v1/tenants/c1", "{\"displayName\": \"C\"}", "If-Match", read.etag());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("displayName").asText()).isEqualTo("C");
        assertThat(replaced.etag()).isNotEqualTo(read.etag());

        assertThat(admin.delete("deleteTenant", "/v1/tenants/c1").status()).isEqualTo(204);
        assertThat(admin.get("getTenant", "/v1/tenants/c1").problem()).isEqualTo("not-found");
    }
}
