package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.StoreListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens a directory, makes some inserts one after the other, and keeps the directory until it is killed. */
final class HoldingProcess {
    private static final Collection DEVICES = Collection.of("devices");

    private HoldingProcess() {}

    /** Directory and number of inserts. */
    public static void main(String[] arguments) throws Exception {
        var store = EmbeddedStore.open(Path.of(arguments[0]), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
        for (var i = 0; i < Integer.parseInt(arguments[1]); i++) {
            store.insert(new Key(DEVICES, "tenant", "d" + i), "{}".getBytes(StandardCharsets.UTF_8));
        }
        System.out.println("held");
        Thread.currentThread().join();
    }
}
