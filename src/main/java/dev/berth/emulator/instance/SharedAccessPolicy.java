package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.SasToken;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.util.EnumSet;
import java.util.Set;

/** Two keys of one name and what their holders may do. */
public record SharedAccessPolicy(
        String name, SharedAccessKey key, SharedAccessKey secondaryKey, Set<Permission> permissions) {
    /** The policy that every instance has. */
    public static final String OWNER = "provisioningserviceowner";

    static SharedAccessPolicy owner(SharedAccessKey key) {
        return new SharedAccessPolicy(OWNER, key, SharedAccessKey.random(), EnumSet.allOf(Permission.class));
    }

    public boolean signed(SasToken token) {
        return token.signedBy(key) || token.signedBy(secondaryKey);
    }

    public boolean allows(Permission permission) {
        return permission.heldBy(permissions);
    }
}
