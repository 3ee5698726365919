package dev.berth.region;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One device, its DPS instances (one in each region) and the stores of all regions, at one moment of {@link RegionModel}. Regions and
 * instances are numbered alike: instance 1 is at home in region 1.
 *
 * @param sites the regions' stores and replicas
 * @param parcels writes on their way to other regions
 * @param cut links that are down
 * @param told all that the device was ever told
 * @param registered where DPS holds the device
 * @param rightful where DPS held it when its claims were compared
 * @param era how often the windows of all slots have passed
 * @param left what may still happen
 */
record World(
        List<Site> sites,
        Set<Parcel> parcels,
        Set<Link> cut,
        Set<Told> told,
        Set<Integer> registered,
        @Nullable Set<Integer> rightful,
        int era,
        Budget left) {

    /** A document of the device: {@code stamp} is what the last writer wins by. */
    record Doc(long generation, int instance, int era, int stamp, int writer) {}

    /** A claim; {@code at} counts the asks before it. */
    record Claim(long generation, int region, int instance, int era, int at) {}

    /** What travels between regions, or is written in one. */
    sealed interface Content {
        record OfDevice(Doc doc) implements Content {}

        record OfClaim(int key, Claim claim) implements Content {}

        record OfRecord(Claim loser) implements Content {}
    }

    record Parcel(int to, int from, Content content) {}

    /** Two regions that may see each other, the lower one first. */
    record Link(int a, int b) {
        static Link of(int a, int b) {
            return new Link(Math.min(a, b), Math.max(a, b));
        }
    }

    record Told(long generation, int instance, int era) {}

    /** A request or a review that a replica works at: what it has read, and how far it is. */
    record Work(Step step, @Nullable Doc read, @Nullable Claim proposal, List<Claim> losers) {
        enum Step {
            CLAIM,
            WRITE,
            TELL,
            CLAIM_LATE,
            RULE,
            RECORD,
            APPLY
        }

        Claim claimed() {
            return Objects.requireNonNull(proposal);
        }

        Doc seen() {
            return Objects.requireNonNull(read);
        }

        Work at(Step next) {
            return new Work(next, read, proposal, losers);
        }
    }

    record Budget(int asks, int cuts, int crashes, int registrations, int eras) {}

    record Site(
            @Nullable Doc doc,
            Map<Integer, Claim> claims,
            Set<Claim> lost,
            @Nullable Work ask,
            @Nullable Work review) {
        Site working(@Nullable Work next) {
            return new Site(doc, claims, lost, next, review);
        }

        Site reviewing(@Nullable Work next) {
            return new Site(doc, claims, lost, ask, next);
        }

        Site holding(Content content) {
            return switch (content) {
                case Content.OfDevice(Doc next) -> new Site(next, claims, lost, ask, review);
                case Content.OfClaim(int key, Claim claim) -> {
                    var more = new HashMap<>(claims);
                    more.put(key, claim);
                    yield new Site(doc, Map.copyOf(more), lost, ask, review);
                }
                case Content.OfRecord(Claim loser) -> new Site(doc, claims, with(lost, loser), ask, review);
            };
        }
    }

    boolean connected(int a, int b) {
        return a == b || !cut.contains(Link.of(a, b));
    }

    /** A write in region {@code at}: it holds there at once, and sets out for all others. */
    World written(int at, Content content) {
        var sent = new HashSet<>(parcels);
        for (int to = 0; to < sites.size(); to++) {
            if (to != at) {
                sent.add(new Parcel(to, at, content));
            }
        }
        return with(at, sites.get(at).holding(content)).sending(Set.copyOf(sent));
    }

    World with(int at, Site site) {
        var next = new ArrayList<>(sites);
        next.set(at, site);
        return new World(next, parcels, cut, told, registered, rightful, era, left);
    }

    World sending(Set<Parcel> next) {
        return new World(sites, next, cut, told, registered, rightful, era, left);
    }

    World cutting(Set<Link> next, Budget budget) {
        return new World(sites, parcels, next, told, registered, rightful, era, budget);
    }

    World telling(Told answer) {
        return new World(sites, parcels, cut, with(told, answer), registered, rightful, era, left);
    }

    World registering(Set<Integer> next, Budget budget) {
        return new World(sites, parcels, cut, told, next, rightful, era, budget);
    }

    World comparing(Set<Integer> found) {
        return new World(sites, parcels, cut, told, registered, found, era, left);
    }

    World inEra(int next, Budget budget) {
        return new World(sites, parcels, cut, told, registered, rightful, next, budget);
    }

    World spending(Budget budget) {
        return new World(sites, parcels, cut, told, registered, rightful, era, budget);
    }

    static <T> Set<T> with(Set<T> set, T element) {
        var more = new HashSet<>(set);
        more.add(element);
        return Set.copyOf(more);
    }

    static <T> Set<T> without(Set<T> set, T element) {
        var fewer = new HashSet<>(set);
        fewer.remove(element);
        return Set.copyOf(fewer);
    }
}
