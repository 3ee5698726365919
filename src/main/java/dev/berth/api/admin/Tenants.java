package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Inventory;

/** Tells an empty list from that of a tenant who does not exist. */
record Tenants(Inventory inventory) {
    void require(TenantId tenant) {
        if (inventory.tenants().find(tenant, tenant.value()).isEmpty()) {
            throw new ProblemException(Problem.of(ProblemType.NOT_FOUND, "there is no tenant " + tenant));
        }
    }
}
