package dev.berth.loadtest;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a host is this machine. Looks nothing up: a name may lead here today and elsewhere tomorrow. */
final class Loopback {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile("127(\\." + OCTET + "){3}");

    private Loopback() {}

    static boolean is(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || V4.matcher(name).matches();
    }
}
