package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.region.World.Budget;
import dev.berth.region.World.Claim;
import dev.berth.region.World.Content;
import dev.berth.region.World.Doc;
import dev.berth.region.World.Link;
import dev.berth.region.World.Parcel;
import dev.berth.region.World.Site;
import dev.berth.region.World.Told;
import dev.berth.region.World.Work;
import dev.berth.region.World.Work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What regions that replicate to each other can do to one device: every step is atomic in one region, everything in between may be delayed, cut
 * off or crash. Where two regions wrote the same document, the last writer wins and the other's write is rolled back. Home, order of
 * stand-ins and verdicts are those of {@link HomeRegions} and {@link ClaimJudge}.
 */
final class RegionModel {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final RegistrationId DEVICE = new RegistrationId("device-1");
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration ERA = Duration.ofHours(1);
    private static final ClaimJudge JUDGE = new ClaimJudge(Duration.ofMinutes(1));

    /** What is done, and what happens when some of it is not. */
    enum Rule {
        AS_BUILT,
        /** The database alone: the last writer wins. */
        NO_CLAIMS,
        /** The key of a claim does not name the region. */
        ONE_CLAIM_FOR_ALL,
        /** The device is told first. */
        CLAIMED_AFTER_TELLING,
        /** DPS is not asked. */
        EARLIER_ALONE,
        /** The winner is written over the loser, as if nothing had been said. */
        SAME_GENERATION,
        /** What lost stays registered at DPS. */
        NOT_COMPENSATED,
        /** Every region keeps what reached it last. */
        LAST_TO_ARRIVE,
        /** Which of two writes is the last one depends on clocks and not on generations. */
        CLOCKS_ALONE
    }

    /** What must never be. */
    enum Violation {
        /** Regions that have heard of everything do not agree. */
        DIVERGED,
        /** The device was told of another instance in the same generation, or nobody put on record that it is void. */
        SILENTLY_FLIPPED,
        /** DPS holds the device where no document says so, and nobody knows. */
        STRAY,
        /** DPS held the device at one claimed instance, and the verdict was for another. */
        EVICTED,
        /** A store forgot a newer generation. */
        WENT_BACK
    }

    private final Rule rule;
    private final int fastRegion;
    private final List<RegionId> regions;
    private final HomeRegions homes;
    private final List<Integer> order;

    /** @param fastRegion whose writes always look later; none if negative */
    RegionModel(Rule rule, int regionCount, int fastRegion) {
        this.rule = rule;
        this.fastRegion = fastRegion;
        this.regions = IntStream.range(0, regionCount)
                .mapToObj(i -> new RegionId("region-" + i))
                .toList();
        this.homes = new HomeRegions(regions);
        this.order =
                homes.orderOf(DEVICE.value()).stream().map(regions::indexOf).toList();
    }

    World start(Budget budget) {
        var site = new Site(null, Map.of(), Set.of(), null, null);
        return new World(
                regions.stream().map(_ -> site).toList(), Set.of(), Set.of(), Set.of(), Set.of(), null, 0, budget);
    }

    /** All that can happen next. */
    List<World> next(World world) {
        var next = new ArrayList<World>();
        for (int region = 0; region < regions.size(); region++) {
            asks(world, region, next);
        }
        reviews(world, next);
        links(world, next);
        for (Parcel parcel : world.parcels()) {
            if (world.connected(parcel.from(), parcel.to())) {
                next.add(delivered(world, parcel));
            }
        }
        device(world, next);
        next.replaceAll(this::withoutTheVain);
        return next;
    }

    /** Writes that can change nothing where they go, now or later, might as well have arrived. */
    private World withoutTheVain(World world) {
        if (rule == Rule.LAST_TO_ARRIVE
                || world.parcels().stream()
                        .allMatch(parcel -> wins(parcel.content(), world.sites().get(parcel.to())))) {
            return world;
        }
        var left = world.parcels().stream()
                .filter(parcel -> wins(parcel.content(), world.sites().get(parcel.to())))
                .collect(Collectors.toUnmodifiableSet());
        return world.sending(left);
    }

    /** Nothing is on its way, in work or cut off, and no told slot can be used any more. */
    static boolean isQuiet(World world) {
        return world.parcels().isEmpty()
                && world.cut().isEmpty()
                && world.sites().stream().allMatch(site -> site.ask() == null && site.review() == null)
                && world.told().stream().noneMatch(told -> told.era() == world.era());
    }

    /** What is wrong once the home has reviewed all that there is, and losers were compensated. */
    Optional<Violation> violation(World quiet) {
        World end = compensated(reviewed(quiet.inEra(quiet.era() + 1, quiet.left())));
        @Nullable Doc doc = end.sites().get(home()).doc();
        if (end.sites().stream().map(Site::doc).distinct().count() > 1) {
            return Optional.of(Violation.DIVERGED);
        }
        if (doc == null) {
            return Optional.empty();
        }
        Set<Integer> rightful = end.rightful() == null ? quiet.registered() : end.rightful();
        if (rightful.size() == 1 && !rightful.contains(doc.instance())) {
            return Optional.of(Violation.EVICTED);
        }
        if (end.told().stream().anyMatch(told -> isSilent(end, told, doc))) {
            return Optional.of(Violation.SILENTLY_FLIPPED);
        }
        return end.registered().stream().allMatch(instance -> instance == doc.instance())
                ? Optional.empty()
                : Optional.of(Violation.STRAY);
    }

    /** Whether a store of {@code after} has an older generation than it had. */
    static boolean wentBack(World before, World after) {
        return IntStream.range(0, before.sites().size())
                .anyMatch(i -> generation(before.sites().get(i).doc())
                        > generation(after.sites().get(i).doc()));
    }

    private boolean isSilent(World end, Told told, Doc doc) {
        boolean onRecord = end.sites().get(home()).lost().stream()
                .anyMatch(lost -> lost.generation() == told.generation() && lost.instance() == told.instance());
        return told.instance() != doc.instance() && !(onRecord && doc.generation() > told.generation());
    }

    // A device asks.

    private void asks(World world, int region, List<World> next) {
        Site site = world.sites().get(region);
        if (site.ask() == null) {
            if (world.left().asks() > 0) {
                next.add(read(world.spending(asked(world.left())), region));
            }
            return;
        }
        next.add(step(world, region, site.ask()));
        if (world.left().crashes() > 0) {
            next.add(world.with(region, site.working(null)).spending(crashed(world.left())));
        }
    }

    private World read(World world, int region) {
        Site site = world.sites().get(region);
        @Nullable Doc doc = world.sites().get(writer(world, region)).doc();
        if (doc == null) {
            var first = rule == Rule.NO_CLAIMS || rule == Rule.CLAIMED_AFTER_TELLING ? Step.WRITE : Step.CLAIM;
            return world.with(region, site.working(new Work(first, null, proposal(world, region), List.of())));
        }
        if (doc.era() == world.era()) {
            return world.with(region, site.working(new Work(Step.TELL, doc, null, List.of())));
        }
        // A fresh slot comes from the ledger, which only the instance's own region leases from.
        return doc.instance() == region
                ? world.with(region, site.working(new Work(Step.WRITE, doc, null, List.of())))
                : world.with(region, site.working(null));
    }

    private World step(World world, int region, Work ask) {
        return switch (ask.step()) {
            case CLAIM -> claim(world, region, ask);
            case WRITE -> write(world, region, ask);
            case TELL -> tell(world, region, ask);
            case CLAIM_LATE -> {
                World claimed = claimNow(world, writer(world, region), ask.claimed());
                yield claimed.with(region, claimed.sites().get(region).working(null));
            }
            case RULE, RECORD, APPLY -> throw new IllegalStateException("a step of reviews");
        };
    }

    private World claim(World world, int region, Work ask) {
        int writer = writer(world, region);
        Claim proposal = inRegion(ask.claimed(), writer);
        @Nullable Claim standing = world.sites().get(writer).claims().get(key(proposal));
        World claimed = standing == null ? claimNow(world, writer, proposal) : world;
        var agreed = new Work(Step.WRITE, null, standing == null ? proposal : standing, List.of());
        return claimed.with(region, claimed.sites().get(region).working(agreed));
    }

    private World claimNow(World world, int writer, Claim proposal) {
        Claim claim = inRegion(proposal, writer);
        return world.sites().get(writer).claims().containsKey(key(claim))
                ? world
                : world.written(writer, new Content.OfClaim(key(claim), claim));
    }

    private World write(World world, int region, Work ask) {
        int writer = writer(world, region);
        @Nullable Doc current = world.sites().get(writer).doc();
        if (!Objects.equals(current, ask.read())) {
            return read(world, region); // overtaken
        }
        Doc doc = ask.read() == null
                ? stamped(1, ask.claimed().instance(), ask.claimed().era(), null, writer)
                : stamped(ask.seen().generation(), ask.seen().instance(), world.era(), ask.read(), writer);
        World written = world.written(writer, new Content.OfDevice(doc));
        return doc.era() == world.era()
                ? written.with(
                        region,
                        written.sites().get(region).working(new Work(Step.TELL, doc, ask.proposal(), List.of())))
                : read(written, region);
    }

    private World tell(World world, int region, Work ask) {
        World told = world.telling(new Told(
                ask.seen().generation(), ask.seen().instance(), ask.seen().era()));
        boolean claimsLate = rule == Rule.CLAIMED_AFTER_TELLING && ask.proposal() != null;
        return told.with(region, told.sites().get(region).working(claimsLate ? ask.at(Step.CLAIM_LATE) : null));
    }

    // The home compares claims.

    private void reviews(World world, List<World> next) {
        @Nullable Work review = world.sites().get(home()).review();
        if (rule == Rule.NO_CLAIMS) {
            return;
        }
        if (review == null) {
            World begun = begin(world);
            if (begun.sites().get(home()).review() != null) {
                next.add(begun);
            }
            return;
        }
        next.add(goOn(world, review));
        if (world.left().crashes() > 0) {
            next.add(reviewing(world, null).spending(crashed(world.left())));
        }
    }

    private World begin(World world) {
        Site site = world.sites().get(home());
        if (site.doc() == null || site.claims().isEmpty()) {
            return world;
        }
        return switch (verdict(world, site, site.doc())) {
            case Verdict.Agreed(), Verdict.Pending() -> world;
            case Verdict.Late(List<RegionClaim> losers) ->
                reviewing(world, new Work(Step.RECORD, null, null, modelled(losers)));
            case Verdict.Behind(RegionClaim newest) ->
                reviewing(world, new Work(Step.APPLY, site.doc(), modelled(newest), List.of()));
            case Verdict.Decided(RegionClaim _, List<RegionClaim> losers)
            when rule == Rule.SAME_GENERATION && site.lost().containsAll(modelled(losers)) -> world;
            case Verdict.Decided(RegionClaim winner, List<RegionClaim> losers) ->
                reviewing(
                        world.comparing(found(world, site)),
                        new Work(Step.RULE, site.doc(), successor(modelled(winner)), modelled(losers)));
        };
    }

    private Verdict verdict(World world, Site site, Doc doc) {
        var testimonies = site.claims().values().stream()
                .map(claim -> new Testimony(real(claim), registration(world, claim)))
                .toList();
        var held = new ClaimJudge.Held(doc.generation(), instance(doc.instance()), slot(doc.era()));
        return JUDGE.judge(held, testimonies, claim -> site.lost().contains(modelled(claim)), slot(world.era()));
    }

    private Testimony.Registration registration(World world, Claim claim) {
        return rule != Rule.EARLIER_ALONE && world.registered().contains(claim.instance())
                ? Testimony.Registration.CONFIRMED
                : Testimony.Registration.ABSENT;
    }

    private World goOn(World world, Work review) {
        return switch (review.step()) {
            case RULE -> {
                World claimed = rule == Rule.SAME_GENERATION ? world : claimNow(world, home(), review.claimed());
                Claim ruled = rule == Rule.SAME_GENERATION
                        ? review.proposal()
                        : claimed.sites().get(home()).claims().get(key(review.claimed()));
                yield reviewing(claimed, new Work(Step.RECORD, review.read(), ruled, review.losers()));
            }
            case RECORD -> {
                World recorded = world;
                for (Claim loser : review.losers()) {
                    recorded = recorded.written(home(), new Content.OfRecord(loser));
                }
                yield reviewing(recorded, review.read() == null ? null : review.at(Step.APPLY));
            }
            case APPLY -> reviewing(apply(world, review), null);
            case CLAIM, WRITE, TELL, CLAIM_LATE -> throw new IllegalStateException("a step of asks");
        };
    }

    /** Its slot has passed, so that the next ask gets a fresh one. */
    private World apply(World world, Work review) {
        Doc read = review.seen();
        if (!read.equals(world.sites().get(home()).doc())) {
            return world; // overtaken; the next review finds the claim
        }
        long generation = rule == Rule.SAME_GENERATION
                ? read.generation()
                : review.claimed().generation();
        Doc doc = stamped(generation, review.claimed().instance(), read.era(), read, home());
        return world.written(home(), new Content.OfDevice(doc));
    }

    private Claim successor(Claim winner) {
        return new Claim(winner.generation() + 1, home(), winner.instance(), winner.era(), winner.at());
    }

    private World reviewed(World quiet) {
        World world = quiet;
        if (rule == Rule.NO_CLAIMS) {
            return world;
        }
        for (World begun = begin(world); begun.sites().get(home()).review() != null; begun = begin(world)) {
            world = begun;
            for (@Nullable Work work = begun.sites().get(home()).review();
                    work != null;
                    work = world.sites().get(home()).review()) {
                world = goOn(world, work);
            }
            for (Parcel parcel : world.parcels()) {
                world = delivered(world, parcel);
            }
        }
        return world;
    }

    /** Registrations of losers are deleted. */
    private World compensated(World world) {
        if (rule == Rule.NOT_COMPENSATED) {
            return world;
        }
        Site site = world.sites().get(home());
        var left = new HashSet<>(world.registered());
        site.lost().stream()
                .map(Claim::instance)
                .filter(instance -> site.doc() != null && instance != site.doc().instance())
                .forEach(left::remove);
        return world.registering(Set.copyOf(left), world.left());
    }

    private Set<Integer> found(World world, Site site) {
        var found = new HashSet<Integer>();
        site.claims().values().stream()
                .map(Claim::instance)
                .filter(world.registered()::contains)
                .forEach(found::add);
        return Set.copyOf(found);
    }

    private World reviewing(World world, @Nullable Work work) {
        return world.with(home(), world.sites().get(home()).reviewing(work));
    }

    // The world around them.

    private World delivered(World world, Parcel parcel) {
        World received = world.sending(World.without(world.parcels(), parcel));
        Site site = world.sites().get(parcel.to());
        return wins(parcel.content(), site) ? received.with(parcel.to(), site.holding(parcel.content())) : received;
    }

    /** The same in all regions, so that they come to the same end. */
    private boolean wins(Content incoming, Site site) {
        return switch (incoming) {
            case Content.OfDevice(Doc doc) ->
                site.doc() == null
                        || rule == Rule.LAST_TO_ARRIVE
                        || lastWriter().compare(doc, site.doc()) > 0;
            case Content.OfClaim(int key, Claim claim) -> {
                @Nullable Claim other = site.claims().get(key);
                yield other == null || claim.region() > other.region();
            }
            case Content.OfRecord(Claim loser) -> !site.lost().contains(loser);
        };
    }

    private Comparator<Doc> lastWriter() {
        var byClock = Comparator.comparingInt(Doc::stamp).thenComparingInt(Doc::writer);
        return rule == Rule.CLOCKS_ALONE
                ? byClock
                : Comparator.comparingLong(Doc::generation).thenComparing(byClock);
    }

    private void links(World world, List<World> next) {
        for (int a = 0; a < regions.size(); a++) {
            for (int b = a + 1; b < regions.size(); b++) {
                var link = new Link(a, b);
                if (world.cut().contains(link)) {
                    next.add(world.cutting(World.without(world.cut(), link), world.left()));
                } else if (world.left().cuts() > 0) {
                    next.add(world.cutting(World.with(world.cut(), link), cutting(world.left())));
                }
            }
        }
    }

    private static void device(World world, List<World> next) {
        Budget left = world.left();
        for (Told told : world.told()) {
            if (left.registrations() > 0
                    && told.era() == world.era()
                    && !world.registered().contains(told.instance())) {
                next.add(world.registering(
                        World.with(world.registered(), told.instance()),
                        new Budget(left.asks(), left.cuts(), left.crashes(), left.registrations() - 1, left.eras())));
            }
        }
        if (left.eras() > 0) {
            next.add(world.inEra(
                    world.era() + 1,
                    new Budget(left.asks(), left.cuts(), left.crashes(), left.registrations(), left.eras() - 1)));
        }
    }

    private static Budget asked(Budget left) {
        return new Budget(left.asks() - 1, left.cuts(), left.crashes(), left.registrations(), left.eras());
    }

    private static Budget crashed(Budget left) {
        return new Budget(left.asks(), left.cuts(), left.crashes() - 1, left.registrations(), left.eras());
    }

    private static Budget cutting(Budget left) {
        return new Budget(left.asks(), left.cuts() - 1, left.crashes(), left.registrations(), left.eras());
    }

    private int home() {
        return order.getFirst();
    }

    /** Whose store takes what a replica of {@code region} writes: the first in the device's order that it can reach. */
    private int writer(World world, int region) {
        return homes.writerOf(DEVICE.value(), other -> world.connected(region, regions.indexOf(other)))
                .map(regions::indexOf)
                .orElseThrow();
    }

    private static Claim proposal(World world, int region) {
        return new Claim(1, region, region, world.era(), -world.left().asks());
    }

    private static Claim inRegion(Claim claim, int writer) {
        return new Claim(claim.generation(), writer, claim.instance(), claim.era(), claim.at());
    }

    private int key(Claim claim) {
        return (int) claim.generation() * HomeRegions.REGIONS_MAX
                + (rule == Rule.ONE_CLAIM_FOR_ALL ? 0 : claim.region());
    }

    private Doc stamped(long generation, int instance, int era, @Nullable Doc before, int writer) {
        int stamp = (before == null ? 0 : before.stamp()) + (writer == fastRegion ? 10 : 1);
        return new Doc(generation, instance, era, stamp, writer);
    }

    /** The claim as the program knows it. */
    private RegionClaim real(Claim claim) {
        return new RegionClaim(
                new RegionClaim.Subject(TENANT, DEVICE, claim.generation()),
                regions.get(claim.region()),
                regions.get(home()),
                instance(claim.instance()),
                slot(claim.era()),
                0,
                START.plusSeconds(claim.at()));
    }

    private Claim modelled(RegionClaim claim) {
        return new Claim(
                claim.generation(),
                regions.indexOf(claim.region()),
                Integer.parseInt(claim.instance().name()),
                (int) Duration.between(START, claim.slot()).dividedBy(ERA),
                (int) Duration.between(START, claim.at()).toSeconds());
    }

    private List<Claim> modelled(List<RegionClaim> claims) {
        return claims.stream().map(this::modelled).toList();
    }

    private static DpsInstanceId instance(int number) {
        return new DpsInstanceId(TENANT, Integer.toString(number));
    }

    private static Instant slot(int era) {
        return START.plus(ERA.multipliedBy(era));
    }

    private static long generation(@Nullable Doc doc) {
        return doc == null ? 0 : doc.generation();
    }

    /** The same world once the dust has settled: nobody works, all links are up, all writes have arrived, and all windows have passed. */
    World calmed(World world) {
        World calm = world.cutting(Set.of(), world.left());
        for (int region = 0; region < regions.size(); region++) {
            calm = calm.with(region, calm.sites().get(region).working(null).reviewing(null));
        }
        for (Parcel parcel : calm.parcels()) {
            calm = delivered(calm, parcel);
        }
        return calm.inEra(calm.era() + 1, calm.left());
    }
}
