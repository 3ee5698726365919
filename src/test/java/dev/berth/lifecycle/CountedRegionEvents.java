package dev.berth.lifecycle;

import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import java.util.ArrayList;
import java.util.List;

/** What a region told. */
final class CountedRegionEvents implements RegionEvents {
    final List<RegionId> stoodInFor = new ArrayList<>();
    final List<Outcome> reviewed = new ArrayList<>();
    int open;

    @Override
    public void stoodIn(RegionId home) {
        stoodInFor.add(home);
    }

    @Override
    public void reviewed(Outcome outcome) {
        reviewed.add(outcome);
    }

    @Override
    public void open(int claims) {
        open = claims;
    }
}
