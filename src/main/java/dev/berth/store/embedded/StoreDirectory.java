package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.berth.store.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A directory that this process holds alone: {@code LOCK}, {@code FORMAT} (whose it is, and which version) and {@code db}, the engine's.
 *
 * <p>{@code FORMAT} comes first and says {@code new} until the engine has made its files, so that a directory whose files have gone
 * missing is never taken for an empty one.
 */
final class StoreDirectory implements AutoCloseable {
    private static final int VERSION = 1;
    private static final Pattern FORMAT = Pattern.compile("berth-store (\\d{1,9})( new)?\\n");
    private static final String FORMAT_FILE = "FORMAT";
    private static final String FORMAT_DRAFT = "FORMAT.draft";
    private static final String LOCK_FILE = "LOCK";

    /** Directories of this process: the operating system's lock keeps out other processes only. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private StoreDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static StoreDirectory claim(Path wanted) {
        var path = existing(wanted.toAbsolutePath());
        if (!HELD.add(path)) {
            throw new StoreOpenException(Reason.HELD, path, null, null);
        }
        try {
            requireOurs(path);
            return new StoreDirectory(path, locked(path)).begun();
        } catch (RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    static boolean isOurs(Path path) {
        return Files.exists(path.resolve(FORMAT_FILE));
    }

    Path engineFiles() {
        return path.resolve("db");
    }

    Path path() {
        return path;
    }

    /** True until {@link #markCreated}: the engine may make its files. */
    boolean isNew() {
        return format(path).endsWith(" new\n");
    }

    void markCreated() {
        writeFormat("");
    }

    long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw notWritable(path, e);
        } finally {
            HELD.remove(path);
        }
    }

    private static Path existing(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StoreOpenException(Reason.FOREIGN, path, "it is a file", null);
        }
        try {
            return Files.createDirectories(path).toRealPath();
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    private static void requireOurs(Path path) {
        if (!isOurs(path)) {
            requireEmpty(path);
            return;
        }
        var matcher = FORMAT.matcher(format(path));
        if (!matcher.matches()) {
            throw new StoreOpenException(Reason.CORRUPT, path, "its FORMAT file is unreadable", null);
        }
        if (Integer.parseInt(matcher.group(1)) > VERSION) {
            var detail = "format " + matcher.group(1) + "; this version reads up to " + VERSION;
            throw new StoreOpenException(Reason.NEWER_FORMAT, path, detail, null);
        }
    }

    private static void requireEmpty(Path path) {
        try (var files = Files.list(path)) {
            var ours = Set.of(LOCK_FILE, FORMAT_DRAFT);
            var stranger = files.map(file -> file.getFileName().toString())
                    .filter(name -> !ours.contains(name))
                    .findFirst();
            if (stranger.isPresent()) {
                throw new StoreOpenException(Reason.FOREIGN, path, "for example " + stranger.get(), null);
            }
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    private static FileChannel locked(Path path) {
        try {
            var channel = FileChannel.open(path.resolve(LOCK_FILE), CREATE, WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new StoreOpenException(Reason.HELD, path, null, null);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw new StoreOpenException(Reason.HELD, path, null, e);
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }

    private static StoreOpenException notWritable(Path path, IOException e) {
        var isFull = String.valueOf(e.getMessage()).contains("No space left");
        return new StoreOpenException(isFull ? Reason.DISK_FULL : Reason.NOT_WRITABLE, path, e.toString(), e);
    }

    private StoreDirectory begun() {
        try {
            requireOurs(path); // again, now that nobody else can write here
            if (!isOurs(path)) {
                writeFormat(" new");
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String format(Path path) {
        try {
            return Files.readString(path.resolve(FORMAT_FILE));
        } catch (IOException e) {
            throw new StoreOpenException(Reason.CORRUPT, path, "its FORMAT file is unreadable", e);
        }
    }

    private void writeFormat(String state) {
        var draft = path.resolve(FORMAT_DRAFT);
        var text = "berth-store " + VERSION + state + "\n";
        try {
            try (var file = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
                file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
                file.force(true);
            }
            Files.move(draft, path.resolve(FORMAT_FILE), ATOMIC_MOVE);
            try (var names = FileChannel.open(path, READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw notWritable(path, e);
        }
    }
}
