package dev.berth.dps;

import dev.berth.dps.ServiceCredential.Slot;
import dev.berth.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All credentials that the operator configured, by name. They come from the configuration and never leave by any interface. */
public record ServiceCredentials(Map<String, ServiceCredential> byName) {
    public ServiceCredentials {
        byName = Map.copyOf(byName);
    }

    /** The credential of that name, if it is there for this tenant. */
    Optional<ServiceCredential> find(String name, TenantId tenant) {
        return Optional.ofNullable(byName.get(name))
                .filter(credential -> credential.tenant().equals(tenant));
    }

    /** One sentence for each credential that could not be used now; it names the setting and quotes nothing. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        new TreeMap<>(byName).forEach((name, credential) -> {
            if (credential.primary() instanceof Secret.None) {
                problems.add(setting(name, Slot.PRIMARY) + ": it is not set");
            } else {
                problem(name, credential, Slot.PRIMARY).ifPresent(problems::add);
            }
            if (!(credential.secondary() instanceof Secret.None)) {
                problem(name, credential, Slot.SECONDARY).ifPresent(problems::add);
            }
        });
        return List.copyOf(problems);
    }

    private static Optional<String> problem(String name, ServiceCredential credential, Slot slot) {
        try {
            credential.secret(slot).read();
            return Optional.empty();
        } catch (UnusableCredentialException e) {
            return Optional.of(setting(name, slot) + ": " + e.getMessage());
        }
    }

    private static String setting(String name, Slot slot) {
        return "berth.dps.credentials." + name + "." + slot.name().toLowerCase(java.util.Locale.ROOT);
    }
}
