package dev.berth.api.admin;

import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Operation;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Admits a request to its resource: only who may, and only what the contract describes. The one place that decides. */
@ApplicationScoped
class ContractFilter {
    /** How long the issuer of tokens may take to be reached. */
    private static final Duration IDENTITY_WAIT_MAX = Duration.ofSeconds(10);

    private final Contract contract;
    private final CurrentIdentityAssociation identity;

    ContractFilter(Contract contract, CurrentIdentityAssociation identity) {
        this.contract = contract;
        this.identity = identity;
    }

    /** Resource methods are named as the contract's operations; a method that it does not know is nobody's to call. */
    @ServerRequestFilter
    void admit(ContainerRequestContext request, SimpleResourceInfo resource) {
        var operation = contract.operation(resource.getMethodName())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.FORBIDDEN)));
        AdminLog.operation(operation);
        var call = Call.of(operation, operation.isPublic() ? Optional.empty() : Optional.of(caller()), request);
        AdminLog.call(call);
        call.caller().ifPresent(caller -> requireAccess(caller, operation, call));
        if (call.hasBody() && !call.mediaType().equals("application/json")) {
            throw new ProblemException(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json."));
        }
        operation.checkParameters(call.parameters());
        call.attachTo(request);
    }

    private static void requireAccess(Caller caller, Operation operation, Call call) {
        Access.require(caller, operation, call.namedTenant().orElse(null));
    }

    private Caller caller() {
        try {
            var found = identity.getDeferredIdentity().await().atMost(IDENTITY_WAIT_MAX);
            return CallerAugmentor.of(found).orElseThrow(ContractFilter::unauthenticated);
        } catch (SecurityException | NoSuchElementException | IllegalArgumentException e) {
            // The last two are what the token parser makes of text that is no token.
            throw unauthenticated();
        }
    }

    private static ProblemException unauthenticated() {
        return new ProblemException(Problem.of(
                ProblemType.UNAUTHENTICATED,
                "Present a client certificate of the operator CA, or a bearer token where they are configured."));
    }
}
