package dev.berth.region;

import java.util.List;

/** The regions that Berth runs in, and the one among them that this replica is in. */
public record Regions(RegionId local, HomeRegions homes) {
    public Regions {
        if (!homes.regions().contains(local)) {
            throw new IllegalArgumentException(local + " is none of the regions " + homes.regions());
        }
    }

    /**
     * The regions by their names.
     *
     * @throws IllegalArgumentException if a name is none, comes twice, or {@code local} is not among {@code all}
     */
    public static Regions of(String local, List<String> all) {
        return new Regions(
                new RegionId(local),
                new HomeRegions(all.stream().map(RegionId::new).toList()));
    }
}
