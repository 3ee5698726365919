package dev.berth.identity;

import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the ways from a device certificate to the trust anchors in an unordered bag of certificates, the shortest first, so that the
 * nearest anchor decides. A certificate in the bag that carries an anchor's key is that anchor, whatever it calls itself:
 * nobody gets round the nearest anchor by renaming it.
 */
final class ChainSearch {
    private static final int STEPS_MAX = 64;

    private final List<X509Certificate> bag;
    private final TrustAnchors anchors;
    private final Deque<List<X509Certificate>> open = new ArrayDeque<>();
    private final List<ChainPath> paths = new ArrayList<>();
    private final List<X509Certificate> tops = new ArrayList<>();
    private boolean tooLong;

    private ChainSearch(List<X509Certificate> bag, TrustAnchors anchors) {
        this.bag = bag;
        this.anchors = anchors;
    }

    /**
     * What a search found.
     *
     * @param tops the certificates at which it ended for want of an issuer
     * @param tooLong whether a way was given up because of its length
     */
    record Found(List<ChainPath> paths, List<X509Certificate> tops, boolean tooLong) {}

    static Found search(List<X509Certificate> presented, TrustAnchors anchors) {
        var search = new ChainSearch(presented.subList(1, presented.size()), anchors);
        search.open.add(List.of(presented.getFirst()));
        for (int step = 0; step < STEPS_MAX && !search.open.isEmpty(); step++) {
            search.extend(search.open.remove());
        }
        return new Found(search.paths, search.tops, search.tooLong);
    }

    private void extend(List<X509Certificate> way) {
        var issuer = way.getLast().getIssuerX500Principal();
        var named = anchors.named(issuer);
        named.forEach(anchor -> paths.add(new ChainPath(way, anchor, issuer)));
        var sent = bag.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(issuer))
                .filter(candidate -> !way.contains(candidate))
                .toList();
        sent.forEach(candidate -> climb(way, candidate));
        if (named.isEmpty() && sent.isEmpty()) {
            tops.add(way.getLast());
        }
    }

    private void climb(List<X509Certificate> way, X509Certificate issuer) {
        var anchor = anchors.withKey(KeyThumbprint.of(issuer));
        if (anchor.isPresent()) {
            anchorReached(new ChainPath(way, anchor.get(), issuer.getSubjectX500Principal()));
        } else if (way.size() == ChainValidator.PATH_LENGTH_MAX) {
            tooLong = true;
        } else {
            var longer = new ArrayList<>(way);
            longer.add(issuer);
            open.add(longer);
        }
    }

    private void anchorReached(ChainPath path) {
        if (!paths.contains(path)) {
            paths.add(path);
        }
    }
}
