package dev.berth.forecast;

import dev.berth.inventory.Pool;
import java.time.Instant;

/**
 * What will become of a pool. Its instances may be in other pools too, whose devices count here as well: they use the same registrations.
 *
 * @param at when this was worked out
 * @param waiting devices in its queue, who come first
 * @param intake how long more devices would take after them
 */
public record PoolForecast(Pool pool, Instant at, long waiting, Use use, Intake intake) {}
