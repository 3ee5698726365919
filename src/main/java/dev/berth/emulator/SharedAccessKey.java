package dev.berth.emulator;

import java.security.SecureRandom;
import java.util.Base64;

/** A symmetric key in base64 that does not show itself in logs. */
public record SharedAccessKey(String base64) {
    private static final int BYTES = 32;

    static SharedAccessKey random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SharedAccessKey(Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "SharedAccessKey[…]";
    }
}
