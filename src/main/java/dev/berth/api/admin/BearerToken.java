package dev.berth.api.admin;

import dev.berth.identity.TenantId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * What a verified access token lets its holder do: each of its roles, in each of its tenants.
 *
 * @param tenantClaim where the token names its tenant or tenants; a slash leads into an object, as in {@code realm_access/roles}
 * @param rolesClaim where it lists roles
 */
record BearerToken(String tenantClaim, String rolesClaim) {
    private static final Pattern SLASH = Pattern.compile("/");

    Caller caller(JsonWebToken token) {
        var tenants = Stream.concat(
                        Stream.of(Optional.<TenantId>empty()),
                        texts(token, tenantClaim).map(TenantId::parse).filter(Optional::isPresent))
                .toList();
        return new Caller(
                String.valueOf(token.getName()),
                texts(token, rolesClaim)
                        .flatMap(role -> tenants.stream().flatMap(tenant -> Grant.parse(role, tenant).stream()))
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> texts(JsonWebToken token, String claim) {
        var path = SLASH.splitAsStream(claim).toList();
        @Nullable Object value = token.getClaim(path.getFirst());
        for (var member : path.subList(1, path.size())) {
            value = value instanceof JsonObject object ? object.get(member) : null;
        }
        return texts(value);
    }

    private static Stream<String> texts(@Nullable Object value) {
        return switch (value) {
            case String text -> Stream.of(text);
            case JsonString text -> Stream.of(text.getString());
            case JsonArray array -> array.stream().flatMap(BearerToken::texts);
            case Collection<?> several -> several.stream().flatMap(BearerToken::texts);
            case null, default -> Stream.empty();
        };
    }
}
