package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A log of our own with all keys and index entries in memory: what the disk could do at best. It lacks compaction, checksums,
 * recovery and everything else that makes a store.
 */
final class LogCandidate extends GroupedCandidate {
    private record Place(long offset, int length) {}

    private final FileChannel log;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> indexes = new ConcurrentSkipListSet<>();

    LogCandidate(Path directory) throws IOException {
        log = FileChannel.open(directory.resolve("log"), CREATE_NEW, READ, WRITE);
        start();
    }

    @Override
    void commit(List<Row> rows) throws IOException {
        var bytes = rows.stream()
                .mapToInt(row -> row.id().length() + row.body().length + 2 * Integer.BYTES)
                .sum();
        var buffer = ByteBuffer.allocate(bytes);
        var from = log.position();
        for (var row : rows) {
            buffer.putInt(row.id().length())
                    .putInt(row.body().length)
                    .put(row.id().getBytes(UTF_8));
            places.put(row.id(), new Place(from + buffer.position(), row.body().length));
            buffer.put(row.body());
            indexes.add("state " + row.state() + " " + row.id());
            indexes.add("instance " + row.instance() + " " + row.id());
        }
        log.write(buffer.flip());
        log.force(false);
    }

    @Override
    public byte[] find(String id) {
        var place = Objects.requireNonNull(places.get(id));
        var body = ByteBuffer.allocate(place.length());
        try {
            log.read(body, place.offset());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return body.array();
    }

    @Override
    void closeEngine() throws IOException {
        log.close();
    }
}
