package dev.berth.app;

import dev.berth.store.DocumentStore;

/**
 * A store that was opened by a verb, without the rest of the service.
 *
 * @param place where it is, as an operator calls it
 * @param isHeldAlone whether nobody else can write to it meanwhile
 */
public record OpenedStore(DocumentStore store, String place, boolean isHeldAlone) implements AutoCloseable {
    @Override
    public void close() {
        store.close();
    }
}
