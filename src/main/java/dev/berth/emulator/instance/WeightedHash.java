package dev.berth.emulator.instance;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Weighted rendezvous hashing: each hub draws a number from (hub, device) and the highest wins.
 *
 * <p>A modulus over the hubs would move nearly every device when one is linked. Here a device moves only to a hub that
 * was added or from one that was taken away, and −weight / ln(u), u uniform in (0, 1), wins in proportion to its weight.
 */
final class WeightedHash {
    private WeightedHash() {}

    static Optional<IotHub> choose(String registrationId, List<IotHub> hubs) {
        String device = registrationId.toLowerCase(Locale.ROOT);
        return hubs.stream()
                .filter(IotHub::applyAllocationPolicy)
                .max(Comparator.comparingDouble(hub -> score(device, hub)));
    }

    private static double score(String device, IotHub hub) {
        double uniform = ((hash(hub.hostName() + '\n' + device) >>> 11) + 0.5) * 0x1p-53;
        return -hub.allocationWeight() / Math.log(uniform);
    }

    /** FNV-1a, then the finisher of MurmurHash3, because FNV alone leaves the high bits of short names alike. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
