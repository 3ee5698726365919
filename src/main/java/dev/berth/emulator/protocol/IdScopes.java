package dev.berth.emulator.protocol;

import java.security.SecureRandom;

/** ID scopes that look like those of Azure. */
public final class IdScopes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private IdScopes() {}

    public static String random() {
        return "0ne%08X".formatted(RANDOM.nextInt());
    }
}
