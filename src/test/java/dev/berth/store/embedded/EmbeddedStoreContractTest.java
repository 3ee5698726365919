package dev.berth.store.embedded;

import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreContract;
import dev.berth.store.StoreListener;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreContractTest extends DocumentStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected DocumentStore open() {
        return EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }
}
