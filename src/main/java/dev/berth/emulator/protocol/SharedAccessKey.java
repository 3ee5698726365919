package dev.berth.emulator.protocol;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** A symmetric key in base64 that does not show itself in logs. */
public record SharedAccessKey(String base64) {
    private static final int BYTES = 32;

    public static SharedAccessKey random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SharedAccessKey(Base64.getEncoder().encodeToString(bytes));
    }

    /** The key that the text is, unless it is no base64 or empty. */
    public static Optional<SharedAccessKey> parse(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == 0
                    ? Optional.empty()
                    : Optional.of(new SharedAccessKey(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** The key of one device of a group whose key this is. */
    public SharedAccessKey derived(String registrationId) {
        return new SharedAccessKey(HmacSha256.base64(bytes(), registrationId));
    }

    @Override
    public String toString() {
        return "SharedAccessKey[…]";
    }
}
