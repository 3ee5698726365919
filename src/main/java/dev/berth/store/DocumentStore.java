package dev.berth.store;

import java.util.List;
import java.util.Optional;

/**
 * Documents in partitions: what Berth asks of a database, and all it asks. Every adapter passes {@code DocumentStoreContract}.
 *
 * <p>Each write is atomic for its one document and durable when the call returns. A body is one JSON object of at most
 * {@link Document#BODY_BYTES_MAX} bytes. A version is opaque, changes with every write of the document and never comes back, not even
 * after the document was deleted and inserted again. Lists are ordered by partition and id as their characters (code points) are,
 * but for that of a whole collection.
 *
 * <p>Reads see acknowledged writes only, and all of them: a write that a caller was told of is seen by every read that begins later.
 * Each document of a page is shown as it was at one moment while the page was read; between these, and between two pages, writes may
 * happen, and a document that exists all the while is seen once (in a scan by field: unless its field changes). A store may do more, and
 * show a page as of one moment: nobody may rely on it.
 *
 * <p>Every method may throw {@link StoreUnavailableException}. Whether the write happened is then said by
 * {@link StoreUnavailableException#outcomeUnknown}: when false nothing was written and the call may be repeated; when true the document
 * has to be read before anything is concluded.
 */
public interface DocumentStore extends AutoCloseable {

    /** The newest acknowledged document under {@code key}. */
    Optional<Document> find(Key key);

    /** Writes a document that must not exist yet: {@link WriteResult.Written} or {@link WriteResult.Conflict}. */
    WriteResult insert(Key key, byte[] body);

    /** Replaces the document if its version is still {@code expectedVersion}; a missing document is a conflict. */
    WriteResult replace(Key key, byte[] body, String expectedVersion);

    /** Deletes the document if its version is still {@code expectedVersion}; a missing document is a conflict. */
    WriteResult delete(Key key, String expectedVersion);

    /**
     * Inserts many documents of one collection, each for itself: some may conflict while others are written. Results are in the order
     * of the documents. After an exception any subset may have been written; repeating the call turns those into conflicts.
     */
    List<WriteResult> insertAll(Collection collection, List<NewDocument> documents);

    /** The documents of one partition, ordered by id, at most {@code limit} from {@code cursor} on (null: from the first). */
    Page scan(Collection collection, String partition, PageRequest page);

    /**
     * The documents whose indexed {@code field} equals {@code value}, ordered by partition and id. The field is one of
     * {@link Collection#indexedFields}; a document without it is not found here.
     */
    Page scan(Collection collection, String field, String value, PageRequest page);

    /**
     * Every document of the collection, in an order of the store's own: the one list that need not be sorted, since whoever walks
     * through all partitions of a database that is spread over machines would pay for it. For moving house, not for serving.
     */
    Page scan(Collection collection, PageRequest page);

    @Override
    void close();
}
