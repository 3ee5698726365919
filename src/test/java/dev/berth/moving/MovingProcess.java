package dev.berth.moving;

import dev.berth.store.Collection;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Exports an embedded store, or imports into one, and says how far it is after every batch. Exit code 0 when it is through. */
final class MovingProcess {
    private MovingProcess() {}

    /** {@code export} or {@code import}, the store's directory, the file. */
    public static void main(String[] arguments) throws IOException {
        var file = Path.of(arguments[2]);
        var options = EmbeddedStoreOptions.defaults();
        try (var store = EmbeddedStore.open(Path.of(arguments[1]), options, StoreListener.NONE)) {
            store.declare(House.COLLECTIONS.toArray(Collection[]::new));
            var isDone = arguments[0].equals("export") ? exported(store, file) : imported(store, file);
            Runtime.getRuntime().halt(isDone ? 0 : 1);
        }
    }

    private static boolean exported(EmbeddedStore store, Path file) throws IOException {
        var export = new Export(store, House.COLLECTIONS, House.CALLS, House.silent());
        return new ExportFile(file)
                .write(false, output -> export.run(output, House.header("e"), true) instanceof Export.Outcome.Done);
    }

    private static boolean imported(EmbeddedStore store, Path file) throws IOException {
        var time = new AtomicLong();
        var everyBatch =
                new Progress("imported", () -> time.addAndGet(Progress.INTERVAL.toNanos()), System.out::println);
        var work = new Import(store, House.COLLECTIONS, House.CALLS, InstantSource.system(), everyBatch);
        try (var export = new ExportReader(ExportFile.read(Files.newInputStream(file)), House.COLLECTIONS)) {
            return work.run(export) instanceof Import.Outcome.Done;
        }
    }
}
