package dev.berth.emulator;

import java.security.SecureRandom;

/** ID scopes that look like those of Azure. */
final class IdScopes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private IdScopes() {}

    static String random() {
        return "0ne%08X".formatted(RANDOM.nextInt());
    }
}
