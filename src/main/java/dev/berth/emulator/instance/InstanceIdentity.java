package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.IdScopes;
import dev.berth.emulator.protocol.SharedAccessKey;

/**
 * What an instance is known by.
 *
 * @param name the real one's host would be {@code {name}.azure-devices-provisioning.net}
 * @param serviceKey the key of its policy {@code provisioningserviceowner}
 */
public record InstanceIdentity(String name, String idScope, SharedAccessKey serviceKey) {
    private static final String DOMAIN = ".azure-devices-provisioning.net";

    /** One of this name with a random ID scope and key. */
    public static InstanceIdentity of(String name) {
        return new InstanceIdentity(name, IdScopes.random(), SharedAccessKey.random());
    }

    /** The host that the real one would have. */
    public String hostName() {
        return name + DOMAIN;
    }
}
