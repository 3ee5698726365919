package dev.berth.emulator.enrollment;

import java.net.URI;
import java.util.Locale;

/** Where an enrollment's allocation is decided. Its query usually holds a key, so it does not show itself in logs. */
public record Webhook(URI url, String apiVersion) {
    /** Why this is no place to send device data to, or an empty text. */
    static String problem(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            return "must be an absolute URL without user and fragment";
        }
        return switch (scheme) {
            case "https" -> "";
            case "http" -> loopback(url.getHost()) ? "" : "must be https; http is for loopback only";
            default -> "must be https, or http on loopback";
        };
    }

    /** Its query, where the key is, is masked as DPS does it. */
    public String masked() {
        var text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?****";
    }

    private static boolean loopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    @Override
    public String toString() {
        return "Webhook[" + url.getHost() + "]";
    }
}
