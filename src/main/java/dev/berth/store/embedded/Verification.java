package dev.berth.store.embedded;

import java.util.List;

/**
 * What a walk through the whole store found. Every entry that a document asks for must be there, and there must be no more entries than
 * that: then entries and documents agree.
 *
 * @param findings what disagrees, at most {@link Limits#FINDINGS_MAX} of them
 */
public record Verification(long documents, long indexEntries, List<String> findings) {
    public boolean isSound() {
        return findings.isEmpty();
    }
}
