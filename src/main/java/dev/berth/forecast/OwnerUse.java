package dev.berth.forecast;

import java.util.Map;

/**
 * What the devices of one owner used.
 *
 * @param owner the tenant's name, or {@link RegistrationHistory#OTHERS}
 * @param total registrations since counting began
 * @param registrations those within each window
 */
public record OwnerUse(String owner, long total, Map<RateWindow, Long> registrations) {}
