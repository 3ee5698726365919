package dev.berth.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which endpoints a tenant may set, so that no tenant makes Berth or its devices call a host of its choice.
 *
 * @param hostSuffixes each with its leading dot, for example {@code .azure-devices-provisioning.net}
 * @param loopbackAllowed for the sandbox, whose emulator runs on this machine
 */
public record EndpointPolicy(List<String> hostSuffixes, boolean loopbackAllowed) {
    public static final EndpointPolicy AZURE = new EndpointPolicy(List.of(".azure-devices-provisioning.net"), false);

    public EndpointPolicy {
        hostSuffixes = hostSuffixes.stream()
                .map(suffix -> suffix.toLowerCase(Locale.ROOT))
                .toList();
        if (hostSuffixes.stream().anyMatch(suffix -> suffix.length() < 2 || suffix.charAt(0) != '.')) {
            throw new IllegalArgumentException("a host suffix begins with a dot and names a domain");
        }
    }

    public EndpointPolicy withLoopback() {
        return new EndpointPolicy(hostSuffixes, true);
    }

    /** What is wrong with the endpoints of the instance. */
    public List<Violation> violations(DpsInstance instance) {
        var check = new ArrayList<Violation>();
        refusal(instance.globalEndpoint()).ifPresent(why -> check.add(new Violation("/globalEndpoint", why)));
        refusal(instance.serviceEndpoint()).ifPresent(why -> check.add(new Violation("/serviceEndpoint", why)));
        return List.copyOf(check);
    }

    private Optional<String> refusal(String endpoint) {
        boolean allowed = Endpoint.parse(endpoint).filter(this::allows).isPresent();
        return allowed ? Optional.empty() : Optional.of("must be a host under " + String.join(", ", hostSuffixes));
    }

    private boolean allows(Endpoint endpoint) {
        return endpoint.isLoopback() ? loopbackAllowed : hostSuffixes.stream().anyMatch(endpoint.host()::endsWith);
    }
}
