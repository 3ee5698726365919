package dev.berth.store.cosmos;

/** An account that cannot be used as it is. The message names the setting and says what to do. */
public final class CosmosOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CosmosOpenException(String setting, String what) {
        super("berth.store.cosmos." + setting + ": " + what);
    }
}
