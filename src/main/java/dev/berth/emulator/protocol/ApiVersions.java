package dev.berth.emulator.protocol;

import java.util.Locale;
import java.util.Set;

/** The api-versions of the device and service APIs: all that any SDK sends and any document names. */
public final class ApiVersions {
    private static final Set<String> KNOWN = Set.of(
            "2017-08-31-preview",
            "2017-11-15",
            "2018-04-01",
            "2018-09-01-preview",
            "2018-11-01",
            "2019-01-15",
            "2019-03-31",
            "2021-06-01",
            "2021-10-01",
            "2025-07-01-preview",
            "2026-04-01",
            "2026-11-01",
            "2026-11-02-preview");

    private ApiVersions() {}

    public static boolean known(String apiVersion) {
        return KNOWN.contains(apiVersion.toLowerCase(Locale.ROOT));
    }
}
