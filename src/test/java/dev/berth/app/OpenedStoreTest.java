package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.moving.Export;
import dev.berth.moving.ExportReader;
import dev.berth.moving.Header;
import dev.berth.moving.Import;
import dev.berth.moving.Progress;
import dev.berth.moving.StoreCalls;
import dev.berth.moving.UnreadableExportException;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which stores the service starts, and which the verbs open. */
class OpenedStoreTest {
    private static final StoreCalls CALLS = new StoreCalls(wait -> {});
    private static final Progress SILENT = new Progress("moved", () -> 0, line -> {});

    @TempDir
    private Path directory;

    private byte[] export = {};

    @BeforeEach
    void exportOfAnEmptyStore() throws IOException {
        serve("old").close();
        var bytes = new ByteArrayOutputStream();
        try (var opened = OpenedStore.toRead(settings("old"))) {
            var header = new Header("e", InstantSource.system().instant(), "berth", List.of());
            var _ = new Export(opened.store(), StoredCollections.ALL, CALLS, SILENT)
                    .run(bytes, header, opened.isHeldAlone());
        }
        export = bytes.toByteArray();
    }

    @Test
    void theServiceDoesNotStartOnHalfAStore() throws IOException {
        assertThatExceptionOfType(UnreadableExportException.class)
                .isThrownBy(() -> take(Arrays.copyOf(export, export.length - 1)));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> serve("new"))
                .withMessageContaining("berth.store: the import of export e")
                .withMessageContaining("is not finished");
    }

    @Test
    void theServiceStartsOnceTheImportIsFinished() throws IOException {
        assertThatExceptionOfType(UnreadableExportException.class)
                .isThrownBy(() -> take(Arrays.copyOf(export, export.length - 1)));

        assertThat(take(export)).isEqualTo(new Import.Outcome.Done(0, 0));
        serve("new").close();
    }

    private DocumentStore serve(String name) {
        return OpenedStore.requireWhole(Stores.open(settings(name), StoreListener.NONE));
    }

    private Import.Outcome take(byte[] file) throws IOException {
        try (var opened = OpenedStore.toFill(settings("new"))) {
            var reader = new ExportReader(new ByteArrayInputStream(file), StoredCollections.ALL);
            return new Import(opened.store(), StoredCollections.ALL, CALLS, InstantSource.system(), SILENT).run(reader);
        }
    }

    private BerthConfig.Store settings(String name) {
        return OpenedStore.settings(new SmallRyeConfigBuilder()
                .withDefaultValue(
                        "berth.store.directory", directory.resolve(name).toString()));
    }
}
