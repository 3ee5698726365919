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

/** No service starts on half a store. */
class UnfinishedImportTest {
    private static final StoreCalls CALLS = new StoreCalls(wait -> {});
    private static final Progress SILENT = new Progress("moved", () -> 0, line -> {});

    @TempDir
    private Path directory;

    private byte[] export = {};

    @BeforeEach
    void exportOfAnEmptyStore() throws IOException {
        Stores.toServeFrom(settings("old"), StoreListener.NONE).close();
        var bytes = new ByteArrayOutputStream();
        try (var opened = Stores.toReadFrom(settings("old"))) {
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
                .isThrownBy(() -> Stores.toServeFrom(settings("new"), StoreListener.NONE))
                .withMessageContaining("berth.store: the import of export e")
                .withMessageContaining("is not finished");
    }

    @Test
    void theServiceStartsOnceTheImportIsFinished() throws IOException {
        assertThatExceptionOfType(UnreadableExportException.class)
                .isThrownBy(() -> take(Arrays.copyOf(export, export.length - 1)));

        assertThat(take(export)).isEqualTo(new Import.Outcome.Done(0, 0));
        Stores.toServeFrom(settings("new"), StoreListener.NONE).close();
    }

    private Import.Outcome take(byte[] file) throws IOException {
        try (var opened = Stores.toFill(settings("new"))) {
            var reader = new ExportReader(new ByteArrayInputStream(file), StoredCollections.ALL);
            return new Import(opened.store(), StoredCollections.ALL, CALLS, InstantSource.system(), SILENT).run(reader);
        }
    }

    private BerthConfig.Store settings(String name) {
        return Stores.settings(new SmallRyeConfigBuilder()
                .withDefaultValue(
                        "berth.store.directory", directory.resolve(name).toString()));
    }
}
