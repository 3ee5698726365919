package dev.berth.api.admin;

import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Operation;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Problems;
import dev.berth.api.problem.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes the problem document of whatever ends a request before its resource answers. */
@ApplicationScoped
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final Contract contract;
    private final boolean bearerTokens;

    ProblemMapper(
            Contract contract,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean bearerTokens) {
        this.contract = contract;
        this.bearerTokens = bearerTokens;
    }

    /** What the framework found wrong: no such route, method or media type. Which methods there are, the contract knows better. */
    @ServerExceptionMapper
    Response map(WebApplicationException failure, RoutingContext route) {
        int status = failure.getResponse().getStatus();
        var methods = contract.methods(Operation.ADMIN_LISTENER, route.normalizedPath());
        if ((status == 404 || status == 405) && !methods.isEmpty()) {
            return response(Problem.of(ProblemType.METHOD_NOT_ALLOWED), route)
                    .header(HttpHeaders.ALLOW, methods)
                    .build();
        }
        return response(HttpProblem.of(status == 405 ? 404 : status), route).build();
    }

    @ServerExceptionMapper
    Response map(Throwable failure, RoutingContext route) {
        var problem = Problems.of(failure);
        if (problem.type() == ProblemType.INTERNAL) {
            LOG.errorf(failure, "request failed requestId=%s", AdminListener.requestId(route));
        }
        return response(problem, route).build();
    }

    Response.ResponseBuilder response(Problem problem, RoutingContext route) {
        RequestId request = AdminListener.requestId(route);
        AdminLog.problem(problem.type());
        var response = Response.status(problem.status()).entity(problem.toJson(request));
        problem.headers(request).forEach(response::header);
        if (problem.type() == ProblemType.UNAUTHENTICATED && bearerTokens) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response;
    }
}
