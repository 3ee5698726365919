package dev.berth.emulator.service;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Permission;
import dev.berth.emulator.protocol.SasToken;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may call: the bearer of a token that a policy of the instance has signed, for this host, not yet expired. */
final class TokenCheck {
    private TokenCheck() {}

    /** What is wrong; nothing if the request may go on. */
    static Optional<String> flaw(
            EmulatedInstance instance, ServiceRequest request, Permission permission, Instant now) {
        var header = request.headers().authorization();
        if (header == null) {
            return Optional.of("There is no shared access signature.");
        }
        return SasToken.parse(header)
                .map(token -> flaw(instance, request, permission, token, now))
                .orElse(Optional.of("The Authorization header is not a shared access signature."));
    }

    private static Optional<String> flaw(
            EmulatedInstance instance, ServiceRequest request, Permission permission, SasToken token, Instant now) {
        var policy = instance.policies().find(token.policy());
        if (policy.isEmpty()) {
            return Optional.of("There is no policy of that name.");
        }
        if (!policy.get().signed(token)) {
            return Optional.of("The signature is wrong.");
        }
        if (token.expired(now)) {
            return Optional.of("The token has expired.");
        }
        if (!covers(token.decodedResource(), request.hosts(), request.path())) {
            return Optional.of("The token is for another resource.");
        }
        return policy.get().allows(permission) ? Optional.empty() : Optional.of("The policy does not permit this.");
    }

    /** A resource is a host, or a host and the first segments of a path. */
    private static boolean covers(String resource, Set<String> hosts, String path) {
        var wanted = resource.toLowerCase(Locale.ROOT);
        int slash = wanted.indexOf('/');
        var host = slash < 0 ? wanted : wanted.substring(0, slash);
        var prefix = slash < 0 ? "/" : withSlash(wanted.substring(slash));
        return hosts.contains(host) && withSlash(path.toLowerCase(Locale.ROOT)).startsWith(prefix);
    }

    private static String withSlash(String path) {
        return path.endsWith("/") ? path : path + '/';
    }
}
