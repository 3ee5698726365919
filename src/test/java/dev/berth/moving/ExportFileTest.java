package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file has its name when it is whole, and not before. */
class ExportFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasWrittenIsReadPackedOrNot(boolean gzip) throws IOException {
        var file = directory.resolve("export");

        assertThat(new ExportFile(file).write(gzip, output -> {
                    assertThat(file).doesNotExist();
                    output.write("all of it".getBytes(UTF_8));
                    return true;
                }))
                .isTrue();

        assertThat(Arrays.equals(Files.readAllBytes(file), "all of it".getBytes(UTF_8)))
                .isEqualTo(!gzip);
        try (var input = ExportFile.read(Files.newInputStream(file))) {
            assertThat(input).hasContent("all of it");
        }
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        var file = directory.resolve("export");
        var _ = new ExportFile(file).write(false, output -> true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingStandsThereThatIsNotWhole() throws IOException {
        assertThat(new ExportFile(directory.resolve("export")).write(false, output -> false))
                .isFalse();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ExportFile(directory.resolve("export")).write(true, output -> {
                    throw new IOException("the disk is full");
                }));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatIsThereIsKept() throws IOException {
        var file = Files.writeString(directory.resolve("export"), "older");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> new ExportFile(file).write(false, output -> true));
        assertThat(file).hasContent("older");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> new ExportFile(directory.resolve("no/export")).write(false, output -> true))
                .withMessage(directory.resolve("no") + " is no directory");
    }

    @Test
    void theRestOfAKilledExportIsInNobodysWay() throws IOException {
        Files.writeString(directory.resolve("export.part"), "the rest of a longer one");

        var _ = new ExportFile(directory.resolve("export")).write(false, output -> {
            output.write('!');
            return true;
        });

        assertThat(directory.resolve("export")).hasContent("!");
    }
}
