package dev.berth.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the operator of Berth allows in any tenant's DPS instances.
 *
 * @param arrivalSpreadMin with less, an instance would pass its limit although every device keeps to its window
 * @param regions where instances may be at home, and one of which each has to name; any or none if this is empty
 */
public record InstancePolicy(EndpointPolicy endpoints, Duration arrivalSpreadMin, Set<String> regions) {
    public InstancePolicy {
        regions = Set.copyOf(regions);
    }

    /** One for a single region. */
    public InstancePolicy(EndpointPolicy endpoints, Duration arrivalSpreadMin) {
        this(endpoints, arrivalSpreadMin, Set.of());
    }

    /** What is wrong with the instance. */
    List<Violation> violations(DpsInstance instance) {
        return Stream.of(endpoints.violations(instance), spreadViolation(instance.limits()), regionViolation(instance))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether another home region would mean that others lease from it. */
    boolean moves(DpsInstance from, DpsInstance to) {
        return from.homeRegion() != null
                && regions.contains(from.homeRegion())
                && !from.homeRegion().equals(to.homeRegion());
    }

    private List<Violation> regionViolation(DpsInstance instance) {
        return regions.isEmpty() || (instance.homeRegion() != null && regions.contains(instance.homeRegion()))
                ? List.of()
                : List.of(new Violation(
                        "/homeRegion",
                        "must be the region whose replicas give its slots, one of " + new TreeSet<>(regions)));
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
