package dev.berth.emulator;

import dev.berth.emulator.protocol.SharedAccessKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens and keys as devices make them, in code of their own so that no mistake is made twice. */
public final class TestTokens {
    private TestTokens() {}

    /** A token over the resource as it is written here. */
    public static String of(String sr, SharedAccessKey key, Instant expiry, String tail) {
        var se = Long.toString(expiry.getEpochSecond());
        var sig = URLEncoder.encode(hmac(key, sr + "\n" + se), StandardCharsets.UTF_8);
        return "SharedAccessSignature sr=" + sr + "&sig=" + sig + "&se=" + se + tail;
    }

    public static SharedAccessKey derived(SharedAccessKey groupKey, String registrationId) {
        return new SharedAccessKey(hmac(groupKey, registrationId));
    }

    private static String hmac(SharedAccessKey key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.base64()), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
