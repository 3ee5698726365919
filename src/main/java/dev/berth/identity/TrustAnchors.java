package dev.berth.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/**
 * The proven trust anchors of all tenants at one moment.
 *
 * <p>A key that several anchors carry vouches for none of them: the claim on keys prevents that, and should it ever fail, no
 * device lands at the wrong owner.
 */
public final class TrustAnchors {
    public static final TrustAnchors NONE = of(List.of());

    private final List<TrustAnchor> all;
    private final Map<KeyThumbprint, TrustAnchor> byKey;
    private final Map<X500Principal, List<TrustAnchor>> bySubject;
    private final Map<String, TrustAnchor> byName;
    private final Set<String> words;
    private final String epoch;

    private TrustAnchors(List<TrustAnchor> all) {
        this.all = all;
        this.byKey = all.stream().collect(toUnmodifiableMap(TrustAnchor::key, Function.identity()));
        this.byName = all.stream().collect(toUnmodifiableMap(TrustAnchor::toString, Function.identity()));
        this.bySubject = all.stream().collect(groupingBy(TrustAnchors::subject));
        this.words = all.stream()
                .flatMap(anchor -> DistinctiveWords.of(subject(anchor)).stream())
                .collect(toUnmodifiableSet());
        this.epoch = Certificates.sha256(
                all.stream().map(TrustAnchors::line).collect(joining("\n")).getBytes(UTF_8));
    }

    /** A snapshot of those of {@code anchors} that are proven. */
    public static TrustAnchors of(Collection<TrustAnchor> anchors) {
        var byKey = anchors.stream().filter(TrustAnchor::proven).collect(groupingBy(TrustAnchor::key));
        return new TrustAnchors(byKey.values().stream()
                .filter(sharers -> sharers.size() == 1)
                .map(List::getFirst)
                .sorted(Comparator.comparing(TrustAnchor::toString))
                .toList());
    }

    public List<TrustAnchor> all() {
        return all;
    }

    public Optional<TrustAnchor> withKey(KeyThumbprint key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The proven anchor that the tenant calls by this name. */
    public Optional<TrustAnchor> named(TenantId tenant, String name) {
        return Optional.ofNullable(byName.get(tenant + "/" + name));
    }

    /** Changes whenever the snapshot would judge differently; equal contents have equal epochs on every replica. */
    public String epoch() {
        return epoch;
    }

    List<TrustAnchor> named(X500Principal subject) {
        return bySubject.getOrDefault(subject, Collections.emptyList());
    }

    /** Whether {@code name} shares a distinctive word with the name of an anchor. */
    boolean resemble(X500Principal name) {
        return !Collections.disjoint(words, DistinctiveWords.of(name));
    }

    private static X500Principal subject(TrustAnchor anchor) {
        return anchor.certificate().getSubjectX500Principal();
    }

    private static String line(TrustAnchor anchor) {
        return anchor + " " + Certificates.thumbprint(anchor.certificate());
    }
}
