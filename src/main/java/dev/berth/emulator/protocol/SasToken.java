package dev.berth.emulator.protocol;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A shared access signature, as text {@code SharedAccessSignature sr=…&sig=…&se=…&skn=…} in any order.
 *
 * <p>The signature covers {@code sr} and {@code se} exactly as they were sent: some clients sign and send the resource
 * URL-encoded, in upper or lower case, others as it is. So it is compared first and decoded afterwards.
 *
 * @param resource what it is for, {@code sr} as it was sent
 * @param signature {@code sig} without its escapes: base64
 * @param expiry seconds since 1970, {@code se} as it was sent
 * @param policy the name of the key, {@code skn}; empty if the client names none
 */
public record SasToken(String resource, String signature, String expiry, String policy) {
    private static final String SCHEME = "SharedAccessSignature ";
    private static final int LENGTH_MAX = 4_096;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /** The token that a header or password holds, unless it is something else, lacks a part or has one twice. */
    public static Optional<SasToken> parse(String text) {
        if (text.length() > LENGTH_MAX || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var parts = new HashMap<String, String>();
        for (String part : text.substring(SCHEME.length()).strip().split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        return of(parts);
    }

    private static Optional<SasToken> of(Map<String, String> parts) {
        var resource = parts.getOrDefault("sr", "");
        var expiry = parts.getOrDefault("se", "");
        if (resource.isEmpty()
                || !parts.containsKey("sig")
                || !SECONDS.matcher(expiry).matches()) {
            return Optional.empty();
        }
        try {
            decoded(resource);
            return Optional.of(new SasToken(
                    resource, decoded(parts.getOrDefault("sig", "")), expiry, decoded(parts.getOrDefault("skn", ""))));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The text of a token for an already encoded, or deliberately unencoded, resource; as a client makes it. */
    public static String sign(String resource, SharedAccessKey key, Instant expiry, String policy) {
        var seconds = Long.toString(expiry.getEpochSecond());
        var signature = hmac(resource + '\n' + seconds, key);
        return SCHEME + "sr=" + resource + "&sig=" + URLEncoder.encode(signature, StandardCharsets.UTF_8) + "&se="
                + seconds + "&skn=" + policy;
    }

    /** Whether the key has signed it, in a time that does not tell how nearly. */
    public boolean signedBy(SharedAccessKey key) {
        return MessageDigest.isEqual(
                hmac(resource + '\n' + expiry, key).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    public boolean expired(Instant now) {
        return now.getEpochSecond() >= Long.parseLong(expiry);
    }

    /** The resource without its escapes. */
    public String decodedResource() {
        return decoded(resource);
    }

    private static String hmac(String text, SharedAccessKey key) {
        return HmacSha256.base64(key.bytes(), text);
    }

    /** A plus is a plus: base64 has it, and some clients do not escape it. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Tokens are credentials. */
    @Override
    public String toString() {
        return "SasToken[" + resource + ", " + policy + "]";
    }
}
