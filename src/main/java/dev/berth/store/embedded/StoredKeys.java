package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.TreeSet;

/**
 * The engine's keys: a tag, then parts that each end with a zero byte, so that no part is taken for the beginning of another.
 *
 * <pre>
 * d collection 0 partition 0 id                    the document
 * i collection 0 field 0 value 0 partition 0 id    its entry in an index; the engine's value is empty
 * m name                                           about the store itself
 * x collection                                     the fields that its indexes cover, apart by blanks
 * </pre>
 *
 * Names have no control characters. Values may: in them 0 is written 1 1, and 1 is written 1 2, which keeps their order.
 */
final class StoredKeys {
    static final byte[] DOCUMENTS = {'d'};
    static final byte[] INDEXES = {'i'};
    static final byte[] DECLARATIONS = {'x'};
    static final byte[] LAST_VERSION = "mlastVersion".getBytes(UTF_8);

    private StoredKeys() {}

    static byte[] document(Key key) {
        return new Parts('d')
                .closed(key.collection().name())
                .closed(key.partition())
                .open(key.id())
                .bytes();
    }

    static byte[] collection(Collection collection) {
        return new Parts('d').closed(collection.name()).bytes();
    }

    static byte[] partition(Collection collection, String partition) {
        return new Parts('d').closed(collection.name()).closed(partition).bytes();
    }

    static byte[] index(Collection collection, String field) {
        return new Parts('i').closed(collection.name()).closed(field).bytes();
    }

    static byte[] indexValue(Collection collection, String field, String value) {
        return indexParts(collection, field, value).bytes();
    }

    static byte[] indexEntry(Key key, String field, String value) {
        return indexParts(key.collection(), field, value)
                .closed(key.partition())
                .open(key.id())
                .bytes();
    }

    static byte[] declaration(String collection) {
        return ('x' + collection).getBytes(UTF_8);
    }

    static byte[] fields(Set<String> fields) {
        return String.join(" ", new TreeSet<>(fields)).getBytes(UTF_8);
    }

    /** The collection as its declaration has it. */
    static Collection declared(byte[] key, byte[] fields) {
        var names = fields.length == 0 ? new String[0] : new String(fields, UTF_8).split(" ", -1);
        return Collection.of(new String(key, 1, key.length - 1, UTF_8), names);
    }

    static String collectionName(byte[] document) {
        return new String(document, 1, zero(document, 1) - 1, UTF_8);
    }

    /** The key whose last parts, {@code partition 0 id}, begin at {@code from}. */
    static Key key(Collection collection, byte[] bytes, int from) {
        var zero = zero(bytes, from);
        return new Key(
                collection,
                new String(bytes, from, zero - from, UTF_8),
                new String(bytes, zero + 1, bytes.length - zero - 1, UTF_8));
    }

    /** The first key behind all that begin with {@code prefix}: a tag alone, or something that ends with a zero byte. */
    static byte[] end(byte[] prefix) {
        var end = prefix.clone();
        end[end.length - 1]++;
        return end;
    }

    private static int zero(byte[] bytes, int from) {
        var zero = from;
        while (bytes[zero] != 0) {
            zero++;
        }
        return zero;
    }

    private static Parts indexParts(Collection collection, String field, String value) {
        return new Parts('i').closed(collection.name()).closed(field).closed(escaped(value));
    }

    private static String escaped(String value) {
        return value.indexOf(0) < 0 && value.indexOf(1) < 0
                ? value
                : value.replace("\1", "\1\2").replace("\0", "\1\1");
    }

    /** Bytes in the making. */
    private static final class Parts {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

        Parts(char tag) {
            bytes.write(tag);
        }

        Parts closed(String part) {
            open(part);
            bytes.write(0);
            return this;
        }

        Parts open(String part) {
            bytes.writeBytes(part.getBytes(UTF_8));
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
