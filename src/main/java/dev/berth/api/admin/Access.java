package dev.berth.api.admin;

import dev.berth.api.contract.Operation;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.identity.TenantId;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides who may do what, by the roles that the contract lists. Nobody may do what it does not list. */
final class Access {
    private Access() {}

    /** Refuses the caller unless one of its roles in {@code tenant} is listed. Whether the tenant exists is not looked at. */
    static void require(Caller caller, Operation operation, @Nullable TenantId tenant) {
        require(caller, operation.roles(), tenant);
    }

    /** The same for an operation that is about to create something. */
    static void requireToCreate(Caller caller, Operation operation, @Nullable TenantId tenant) {
        require(caller, operation.rolesToCreate(), tenant);
    }

    private static void require(Caller caller, Set<String> roles, @Nullable TenantId tenant) {
        if (!caller.hasOneOf(roles, tenant)) {
            var names = roles.stream().sorted().collect(Collectors.joining(", "));
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "This needs one of the roles " + names + (tenant == null ? "." : " in the tenant.")));
        }
    }
}
