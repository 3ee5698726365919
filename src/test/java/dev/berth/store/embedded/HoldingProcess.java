package dev.berth.store.embedded;

import dev.berth.store.StoreListener;
import java.nio.file.Path;

/** Opens a directory and keeps it until it is killed. */
final class HoldingProcess {
    private HoldingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (var store =
                EmbeddedStore.open(Path.of(arguments[0]), EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            System.out.println("held");
            Thread.currentThread().join();
            store.declare();
        }
    }
}
