package dev.berth.dps;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A shared access policy of one DPS instance, as the portal shows it: {@code HostName=…;SharedAccessKeyName=…;SharedAccessKey=…}. */
record ConnectionString(String host, String keyName, String key) {
    private static final int LENGTH_MAX = 4_096;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.\\-]{1,253}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9_.@\\-]{1,128}");

    /**
     * What {@code text} spells, white space around it aside.
     *
     * @throws UnusableCredentialException if it spells none; the message says what is missing and nothing of what is there
     */
    static ConnectionString parse(String text) {
        var members = members(text.strip());
        var host = member(members, "hostname", "HostName");
        var keyName = member(members, "sharedaccesskeyname", "SharedAccessKeyName");
        var key = member(members, "sharedaccesskey", "SharedAccessKey");
        require(HOST.matcher(host).matches(), "HostName must be a host name without a port");
        require(KEY_NAME.matcher(keyName).matches(), "SharedAccessKeyName is no name of a policy");
        require(isBase64(key), "SharedAccessKey is not base64");
        return new ConnectionString(host.toLowerCase(Locale.ROOT), keyName, key);
    }

    /** The connection string itself, for the client alone. */
    String text() {
        return "HostName=" + host + ";SharedAccessKeyName=" + keyName + ";SharedAccessKey=" + key;
    }

    private static Map<String, String> members(String text) {
        require(text.length() <= LENGTH_MAX, "it is too long for a connection string");
        var members = new HashMap<String, String>();
        for (var part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                members.put(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), part.substring(equals + 1));
            }
        }
        return members;
    }

    private static String member(Map<String, String> members, String name, String shown) {
        var value = members.get(name);
        if (value == null || value.isBlank()) {
            throw new UnusableCredentialException("it has no " + shown);
        }
        return value.strip();
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new UnusableCredentialException(otherwise);
        }
    }

    @Override
    public String toString() {
        return "ConnectionString[host=" + host + ", keyName=" + keyName + "]";
    }
}
