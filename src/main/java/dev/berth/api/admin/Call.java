package dev.berth.api.admin;

import dev.berth.api.contract.Operation;
import dev.berth.api.problem.Violation.Part;
import dev.berth.identity.TenantId;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request to an operation of the contract, by a caller who may make it. */
record Call(
        Operation operation, Optional<Caller> caller, String path, Map<Part, Map<String, List<String>>> parameters) {
    private static final String PROPERTY = "berth.call";

    static Call of(Operation operation, Optional<Caller> caller, ContainerRequestContext request) {
        var uri = request.getUriInfo();
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.getHeaders());
        return new Call(
                operation,
                caller,
                uri.getRequestUri().getRawPath(),
                Map.of(Part.PATH, uri.getPathParameters(), Part.QUERY, uri.getQueryParameters(), Part.HEADER, headers));
    }

    /** The call that the filter made of this request. */
    static Call in(ContainerRequestContext request) {
        return (Call) request.getProperty(PROPERTY);
    }

    void attachTo(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    /** The tenant of the path. */
    TenantId tenant() {
        return new TenantId(get(Part.PATH, "tenant").orElseThrow());
    }

    /** The tenant of the path, if it is a name; to be asked before the parameters are checked. */
    Optional<TenantId> namedTenant() {
        return get(Part.PATH, "tenant").flatMap(TenantId::parse);
    }

    Optional<String> get(Part part, String name) {
        return parameters.getOrDefault(part, Map.of()).getOrDefault(name, List.of()).stream()
                .findFirst();
    }

    String name() {
        return get(Part.PATH, "name").orElseThrow();
    }

    boolean hasBody() {
        return operation.body().isPresent();
    }

    String mediaType() {
        var type = get(Part.HEADER, "Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
