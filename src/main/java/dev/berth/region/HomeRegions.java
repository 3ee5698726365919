package dev.berth.region;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * In which region a document is at home: there all its writes meet, so that a compare-and-swap means something.
 *
 * <p>The naive way takes the hash of the key modulo the number of regions. Its flaw is that a region more, or one less, moves nearly every key;
 * and it names no one who writes while the home is away. So each region draws a number from the key and its own name, and the highest
 * is the home, the next one stands in for it, and so on (rendezvous hashing). Whoever knows the set of regions knows the order, without asking
 * anybody; a region that joins takes over one key in so many, a region that leaves spreads its keys over all others, and no other key moves.
 *
 * <p>The order in which the regions are named is of no consequence. Their set is: while replicas are configured with different sets, some keys
 * have two homes, and what both tell is a dispute like any other ({@link ClaimJudge}).
 */
public record HomeRegions(List<RegionId> regions) {
    public static final int REGIONS_MAX = 16;

    public HomeRegions {
        regions = List.copyOf(regions);
        if (regions.isEmpty() || regions.size() > REGIONS_MAX || new HashSet<>(regions).size() < regions.size()) {
            throw new IllegalArgumentException("there are 1 to " + REGIONS_MAX + " regions, each named once");
        }
    }

    private record Draw(RegionId region, long number) {}

    /** The home of {@code key}, and who stands in for it in which order. */
    public List<RegionId> orderOf(String key) {
        return regions.stream()
                .map(region -> new Draw(region, number(region, key)))
                .sorted(Comparator.comparingLong(Draw::number).reversed().thenComparing(Draw::region))
                .map(Draw::region)
                .toList();
    }

    public RegionId homeOf(String key) {
        return orderOf(key).getFirst();
    }

    /** Who writes {@code key} while only some regions can be reached; empty if none can. */
    public Optional<RegionId> writerOf(String key, Predicate<RegionId> reachable) {
        return orderOf(key).stream().filter(reachable).findFirst();
    }

    /** The first eight bytes of a digest: any program in any language draws the same. */
    private static long number(RegionId region, String key) {
        return ByteBuffer.wrap(sha256((region + "\n" + key).getBytes(UTF_8))).getLong();
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
