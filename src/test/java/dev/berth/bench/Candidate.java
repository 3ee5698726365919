package dev.berth.bench;

import java.util.List;

/** An engine that the embedded store could have been built on, with just enough around it to be compared. */
interface Candidate extends AutoCloseable {
    /** One document and two index entries. */
    record Row(String id, String state, String instance, byte[] body) {}

    /** Durable when it returns; of rows that exist already, nothing is written. */
    void insert(List<Row> rows);

    byte[] find(String id);

    @Override
    void close();
}
