package dev.berth.emulator.instance;

/**
 * What one emulated instance allows.
 *
 * @param registrationsPerMinute register requests that are let through
 * @param operationsPerMinute service-API operations that are let through
 * @param pollsPer10Seconds status polls of one device that are let through
 * @param registrationsMax registration records in all
 * @param window how the minute of the first two is counted
 * @param lookupsCountAsRegistrations whether a status lookup takes a registration of the minute; the docs say yes and no
 */
public record Quotas(
        int registrationsPerMinute,
        int operationsPerMinute,
        int pollsPer10Seconds,
        int registrationsMax,
        WindowKind window,
        boolean lookupsCountAsRegistrations) {
    /** The published quotas. */
    public static final Quotas PUBLISHED = new Quotas(1_000, 1_000, 5, 1_000_000, WindowKind.SLIDING, true);

    /** These quotas with another number of registrations a minute. */
    public Quotas withRegistrationsPerMinute(int limit) {
        return new Quotas(
                limit, operationsPerMinute, pollsPer10Seconds, registrationsMax, window, lookupsCountAsRegistrations);
    }
}
