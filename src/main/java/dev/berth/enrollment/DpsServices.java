package dev.berth.enrollment;

import dev.berth.inventory.DpsInstance;
import java.util.Optional;

/** The service APIs of the DPS instances that Berth has credentials for. Asking for one costs nothing and calls nobody. */
public interface DpsServices {

    /** The service of the instance as it is now: with the credentials that it names, at its service endpoint, within its limits. */
    Access access(DpsInstance instance);

    /** What an administrator should know of the instance's credentials although its service can be called; empty if nothing. */
    default Optional<String> warning(DpsInstance instance) {
        return Optional.empty();
    }

    /** Whether an instance's service can be called. */
    sealed interface Access {
        /** It can; whether its credentials are any good, only a call shows. Counts its own operations. */
        record Open(DpsService service) implements Access {}

        /** It cannot, and {@code detail} says why in words for an administrator; never with a secret in them. */
        record Closed(Reason reason, String detail) implements Access {}
    }

    /** Why a service cannot be called. */
    enum Reason {
        /** The instance names no credentials. */
        NO_CREDENTIALS,
        /** There are none of that name, or not for this tenant. */
        UNKNOWN_CREDENTIALS,
        /** They cannot be read, or are no connection string. */
        UNUSABLE_CREDENTIALS,
        /** They are for another host than the instance's service endpoint. */
        WRONG_HOST
    }
}
