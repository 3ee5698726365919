package dev.berth.emulator.proxy;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a client asks of the proxy. */
sealed interface ConnectRequest {
    /** A tunnel to a port of DPS. */
    record Wanted(String host, int port) implements ConnectRequest {}

    /** Nothing that this proxy does. */
    record Refused(Refusal refusal) implements ConnectRequest {}

    /** One label below the suffix, as the certificate's wildcard covers it. */
    Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\.azure-devices-provisioning\\.net");

    Pattern AUTHORITY = Pattern.compile("(.+):([0-9]{1,5})");

    /** Reads a request's head; its header fields say nothing to a proxy that asks for no credentials. */
    static ConnectRequest of(String head) {
        var line = head.split("\r?\n", 2)[0].split(" ", -1);
        if (line.length != 3 || !line[2].startsWith("HTTP/1.")) {
            return new Refused(Refusal.MALFORMED);
        }
        if (!line[0].equals("CONNECT")) {
            return new Refused(Refusal.OTHER_METHOD);
        }
        var authority = AUTHORITY.matcher(line[1].toLowerCase(Locale.ROOT));
        if (!authority.matches()) {
            return new Refused(Refusal.MALFORMED);
        }
        return HOST.matcher(authority.group(1)).matches()
                ? new Wanted(authority.group(1), Integer.parseInt(authority.group(2)))
                : new Refused(Refusal.OTHER_HOST);
    }
}
