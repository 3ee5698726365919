package dev.berth.moving;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * A file that holds an export, for its owner's eyes only. Until the export is whole it has another name, {@code FILE.part}; then it is
 * made durable and gets its own.
 */
public final class ExportFile {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path directory;
    private final Path file;
    private final Path part;

    public ExportFile(Path file) {
        this.file = file.toAbsolutePath();
        directory = Objects.requireNonNullElse(this.file.getParent(), this.file);
        part = this.file.resolveSibling(this.file.getFileName() + ".part");
    }

    /** Writes an export. */
    @FunctionalInterface
    public interface Content {
        /** Whether it is whole. */
        boolean writeTo(OutputStream output) throws IOException;
    }

    /** Whether the file stands there now: not if the content was not whole. */
    public boolean write(boolean gzip, Content content) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file + " exists; name another file");
        }
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory + " is no directory");
        }
        try {
            var isWhole = writePart(gzip, content);
            if (isWhole) {
                publish();
            }
            return isWhole;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Packed or not: its first bytes say which. */
    public static InputStream read(InputStream bytes) throws IOException {
        var input = new BufferedInputStream(bytes, BUFFER_BYTES);
        input.mark(2);
        var isPacked = input.read() == GZIP_FIRST && input.read() == GZIP_SECOND;
        input.reset();
        try {
            return isPacked ? new GZIPInputStream(input, BUFFER_BYTES) : input;
        } catch (EOFException | ZipException e) {
            throw new UnreadableExportException(1, "cannot be unpacked: the file is damaged or was cut off here", e);
        }
    }

    /** To something that is no file. */
    public static boolean write(OutputStream output, boolean gzip, Content content) throws IOException {
        var buffered = new BufferedOutputStream(output, BUFFER_BYTES);
        if (!gzip) {
            var isWhole = content.writeTo(buffered);
            buffered.flush();
            return isWhole;
        }
        var packed = new GZIPOutputStream(buffered, BUFFER_BYTES);
        var isWhole = content.writeTo(packed);
        packed.finish();
        buffered.flush();
        return isWhole;
    }

    private boolean writePart(boolean gzip, Content content) throws IOException {
        try (var channel = FileChannel.open(part, EnumSet.of(CREATE, TRUNCATE_EXISTING, WRITE), ownersOnly())) {
            var isWhole = write(Channels.newOutputStream(channel), gzip, content);
            channel.force(true);
            return isWhole;
        }
    }

    private void publish() throws IOException {
        Files.move(part, file, ATOMIC_MOVE);
        try (var names = FileChannel.open(directory, READ)) {
            names.force(true);
        }
    }

    private FileAttribute<?>[] ownersOnly() throws IOException {
        var isPosix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
