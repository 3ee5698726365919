package dev.berth.inventory;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host that Berth or a device calls, with its port. Only names: an address literal is no endpoint, save for loopback. */
public record Endpoint(String host, int port) {
    static final String FORM = "must be a host name, with a port if it is not 443";
    private static final int PORT_DEFAULT = 443;
    private static final int PORT_MAX = 65_535;
    private static final int LENGTH_MAX = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SPELLING =
            Pattern.compile("(?<host>" + LABEL + "(\\." + LABEL + ")*)(:(?<port>[0-9]{1,5}))?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}");
    private static final Pattern ADDRESS = Pattern.compile("([^.]*\\.)*[0-9]+");

    /** The endpoint that {@code text} spells as {@code host} or {@code host:port}, or empty. */
    public static Optional<Endpoint> parse(String text) {
        var spelling = SPELLING.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > LENGTH_MAX || !spelling.matches()) {
            return Optional.empty();
        }
        String host = spelling.group("host");
        String digits = spelling.group("port");
        int port = digits == null ? PORT_DEFAULT : Integer.parseInt(digits);
        boolean address =
                ADDRESS.matcher(host).matches() && !LOOPBACK.matcher(host).matches();
        return address || port < 1 || port > PORT_MAX ? Optional.empty() : Optional.of(new Endpoint(host, port));
    }

    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }
}
