package dev.berth.region;

import java.util.List;

/** What has to become of a device whose claims were compared. */
public sealed interface Verdict {
    /** All that was said holds, or was settled. */
    record Agreed() implements Verdict {}

    /** Nothing yet: somebody who was told may still register, or DPS cannot be asked. */
    record Pending() implements Verdict {}

    /** The document has not the newest generation, which {@code newest} is of: bring it there. */
    record Behind(RegionClaim newest) implements Verdict {}

    /** {@code winner} holds from now on, in a new generation; {@code losers} are to be compensated, and put on record. */
    record Decided(RegionClaim winner, List<RegionClaim> losers) implements Verdict {}

    /** Claims that came to light after a newer generation was decided. They lose, whatever they say: put them on record. */
    record Late(List<RegionClaim> losers) implements Verdict {}
}
