package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.Caps;

/**
 * What one emulated instance allows.
 *
 * @param registrationsPerMinute register requests that are let through
 * @param operationsPerMinute service-API operations that are let through
 * @param pollsPer10Seconds status polls of one device that are let through
 * @param registrationsMax registration records in all
 * @param window how the minute of the first two is counted
 * @param lookupsCountAsRegistrations whether a status lookup takes a registration of the minute; the docs say yes and no
 * @param caps how much of each thing it takes
 */
public record Quotas(
        int registrationsPerMinute,
        int operationsPerMinute,
        int pollsPer10Seconds,
        int registrationsMax,
        WindowKind window,
        boolean lookupsCountAsRegistrations,
        Caps caps) {
    /** The published quotas. */
    public static final Quotas PUBLISHED = new Quotas(1_000, 1_000, 5, 1_000_000, WindowKind.SLIDING, true);

    /** Quotas with the published caps. */
    public Quotas(
            int registrationsPerMinute,
            int operationsPerMinute,
            int pollsPer10Seconds,
            int registrationsMax,
            WindowKind window,
            boolean lookupsCountAsRegistrations) {
        this(
                registrationsPerMinute,
                operationsPerMinute,
                pollsPer10Seconds,
                registrationsMax,
                window,
                lookupsCountAsRegistrations,
                Caps.PUBLISHED);
    }

    /** These quotas with another number of registrations a minute. */
    public Quotas withRegistrationsPerMinute(int limit) {
        return new Quotas(
                limit,
                operationsPerMinute,
                pollsPer10Seconds,
                registrationsMax,
                window,
                lookupsCountAsRegistrations,
                caps);
    }
}
