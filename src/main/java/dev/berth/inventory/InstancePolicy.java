package dev.berth.inventory;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator of Berth allows in any tenant's DPS instances.
 *
 * @param arrivalSpreadMin with less, an instance would pass its limit although every device keeps to its window
 */
public record InstancePolicy(EndpointPolicy endpoints, Duration arrivalSpreadMin) {

    /** What is wrong with the instance. */
    List<Violation> violations(DpsInstance instance) {
        return Stream.concat(endpoints.violations(instance).stream(), spreadViolation(instance.limits()).stream())
                .toList();
    }

    private List<Violation> spreadViolation(Limits limits) {
        return limits.arrivalSpread().compareTo(arrivalSpreadMin) >= 0
                ? List.of()
                : List.of(new Violation(
                        "/limits/arrivalSpreadMillis",
                        "must be at least " + arrivalSpreadMin.toMillis()
                                + ", the sum of what devices may be late, off and apart"));
    }
}
