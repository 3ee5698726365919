package dev.berth.dps;

import dev.berth.dps.ServiceCredential.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a credential's two connection strings to try first. The primary, until DPS refuses it while the secondary is good; then
 * the secondary, until DPS refuses that one or the primary is replaced by another.
 */
final class KeyRing {
    private final ServiceCredential credential;
    private @Nullable ConnectionString refusedPrimary;

    KeyRing(ServiceCredential credential) {
        this.credential = credential;
    }

    ServiceCredential credential() {
        return credential;
    }

    /** The slots that can be tried now, the best first; not empty. */
    synchronized List<Slot> order() {
        if (credential.secondary() instanceof Secret.None) {
            return List.of(Slot.PRIMARY);
        }
        return secondaryFirst() ? List.of(Slot.SECONDARY, Slot.PRIMARY) : List.of(Slot.PRIMARY, Slot.SECONDARY);
    }

    /** {@code slot} was refused, or cannot be read, while the other one worked. */
    synchronized void refused(Slot slot) {
        refusedPrimary = slot == Slot.PRIMARY ? readable() : null;
    }

    /** Whether the primary is one that DPS does not take, so that the secondary serves. */
    synchronized boolean isOnSecondary() {
        return secondaryFirst();
    }

    private boolean secondaryFirst() {
        return refusedPrimary != null && refusedPrimary.equals(readable());
    }

    private @Nullable ConnectionString readable() {
        try {
            return credential.primary().read();
        } catch (UnusableCredentialException e) {
            return null;
        }
    }
}
