package dev.berth.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** The words of a CA's name that tell whose it is: not its place, and not what every CA is called. */
final class DistinctiveWords {
    private static final Set<String> PLACES = Set.of("C", "ST", "L", "STREET");
    private static final Set<String> GENERIC = Set.of(
            "and",
            "authority",
            "authorities",
            "ca",
            "cert",
            "certs",
            "certificate",
            "certificates",
            "certification",
            "class",
            "co",
            "corp",
            "corporation",
            "device",
            "devices",
            "ecc",
            "for",
            "global",
            "gmbh",
            "inc",
            "intermediate",
            "iot",
            "issuing",
            "issuer",
            "key",
            "llc",
            "ltd",
            "of",
            "pki",
            "policy",
            "root",
            "rsa",
            "sa",
            "signing",
            "sub",
            "subordinate",
            "the",
            "trust",
            "x509");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");

    private DistinctiveWords() {}

    static Set<String> of(X500Principal name) {
        return Certificates.relativeNames(name).stream()
                .filter(rdn -> !PLACES.contains(rdn.getType().toUpperCase(Locale.ROOT)))
                .flatMap(rdn -> rdn.getValue() instanceof String text ? SEPARATOR.splitAsStream(text) : Stream.of())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(DistinctiveWords::tells)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean tells(String word) {
        return word.length() > 2 && !GENERIC.contains(word) && !word.chars().allMatch(Character::isDigit);
    }
}
