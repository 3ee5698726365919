package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.PageRequest;
import dev.berth.store.documents.StoredCollections;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tests of this room move: stores with some documents, and exports of them in memory. */
final class House {
    static final List<Collection> COLLECTIONS = StoredCollections.ALL;
    static final Collection INVENTORY = COLLECTIONS.get(0);
    static final Collection DEVICES = COLLECTIONS.get(1);

    /** How many documents there are beside the devices. */
    static final int OTHERS = COLLECTIONS.size();

    static final Instant NOW = Instant.parse("2026-11-26T14:00:00Z");
    static final StoreCalls CALLS = new StoreCalls(wait -> {});

    private House() {}

    static Header header(String export) {
        return new Header(
                export,
                NOW,
                "berth 1.0",
                COLLECTIONS.stream().map(Collection::name).toList());
    }

    static Key device(int number) {
        return new Key(DEVICES, "contoso/device-%06d".formatted(number), "device");
    }

    static byte[] body(int number) {
        return "{\"owner\":\"contoso\",\"ownerState\":\"contoso/told\",\"number\":%d}"
                .formatted(number)
                .getBytes(UTF_8);
    }

    /** Devices, and a document in each other collection. */
    static void furnish(DocumentStore store, int devices) {
        var rows = IntStream.range(0, devices)
                .mapToObj(number -> new NewDocument(device(number).partition(), "device", body(number)))
                .toList();
        var _ = store.insertAll(DEVICES, rows);
        for (var collection : COLLECTIONS) {
            store.insert(new Key(collection, "contoso/eu", "one"), "{\"kind\":\"one\"}".getBytes(UTF_8));
        }
    }

    static Progress silent() {
        return new Progress("moved", () -> 0, line -> {});
    }

    static byte[] export(DocumentStore source, String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var outcome = new Export(source, COLLECTIONS, CALLS, silent()).run(bytes, header(name), true);
        assertThat(outcome).isInstanceOf(Export.Outcome.Done.class);
        return bytes.toByteArray();
    }

    static ExportReader reader(byte[] export) throws IOException {
        return new ExportReader(ExportFile.read(new ByteArrayInputStream(export)), COLLECTIONS);
    }

    static Import.Outcome importInto(DocumentStore target, byte[] export) throws IOException {
        return new Import(target, COLLECTIONS, CALLS, () -> NOW, silent()).run(reader(export));
    }

    /** Every document but the mark, with its body as text. */
    static Map<String, String> contents(DocumentStore store) {
        var contents = new TreeMap<String, String>();
        for (var collection : COLLECTIONS) {
            for (var document : documents(store, collection)) {
                if (!document.key().equals(ImportMark.KEY)) {
                    contents.put(document.key().toString(), new String(document.body(), UTF_8));
                }
            }
        }
        return contents;
    }

    private static List<Document> documents(DocumentStore store, Collection collection) {
        var documents = new ArrayList<Document>();
        @Nullable String cursor = null;
        do {
            var page = store.scan(collection, new PageRequest(1_000, cursor));
            documents.addAll(page.documents());
            cursor = page.cursor();
        } while (cursor != null);
        return documents;
    }
}
