package dev.berth.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** SQLite: write-ahead log, {@code synchronous=FULL}, one table with two indexes. */
final class SqliteCandidate extends GroupedCandidate {
    private final Connection writing;
    private final Connection reading;
    private final PreparedStatement insert;
    private final PreparedStatement find;

    SqliteCandidate(Path directory) throws SQLException {
        writing = connection(directory);
        try (var statement = writing.createStatement()) {
            statement.executeUpdate("create table device (partition text, id text, version integer, state text,"
                    + " instance text, body blob, primary key (partition, id)) without rowid");
            statement.executeUpdate("create index by_state on device (state, partition, id)");
            statement.executeUpdate("create index by_instance on device (instance, partition, id)");
        }
        writing.setAutoCommit(false);
        reading = connection(directory);
        insert = writing.prepareStatement("insert or ignore into device values ('contoso', ?, 1, ?, ?, ?)");
        find = reading.prepareStatement("select version, body from device where partition = 'contoso' and id = ?");
        start();
    }

    private static Connection connection(Path directory) throws SQLException {
        var connection =
                new org.sqlite.JDBC().connect("jdbc:sqlite:" + directory.resolve("sqlite.db"), new Properties());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode=wal");
            statement.execute("pragma synchronous=full");
            statement.execute("pragma cache_size=-65536");
        }
        return connection;
    }

    @Override
    void commit(List<Row> rows) throws SQLException {
        for (var row : rows) {
            insert.setString(1, row.id());
            insert.setString(2, row.state());
            insert.setString(3, row.instance());
            insert.setBytes(4, row.body());
            insert.addBatch();
        }
        insert.executeBatch();
        writing.commit();
    }

    @Override
    public byte[] find(String id) {
        try {
            find.setString(1, id);
            try (var found = find.executeQuery()) {
                found.next();
                return found.getBytes(2);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void closeEngine() throws SQLException {
        insert.close();
        find.close();
        writing.close();
        reading.close();
    }
}
