package dev.berth.forecast;

import dev.berth.inventory.DpsInstance;
import java.time.Instant;

/**
 * What will become of one instance.
 *
 * @param at when this was worked out
 * @param intake how long more devices would take there alone
 */
public record InstanceForecast(DpsInstance instance, Instant at, Use use, Intake intake) {}
