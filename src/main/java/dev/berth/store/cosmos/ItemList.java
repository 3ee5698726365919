package dev.berth.store.cosmos;

import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlParameter;
import com.azure.cosmos.models.SqlQuerySpec;
import dev.berth.store.Collection;
import java.util.List;

/** A list that pages are read from: its name, by which cursors know it, and how one asks for what follows a place in it. */
sealed interface ItemList {
    Collection collection();

    String name();

    /** Its items behind {@code place}, in the order of the port. */
    SqlQuerySpec after(Cursor place);

    CosmosQueryRequestOptions options();

    /** One partition, by id. Its key stands in the options, which finds the server, and in the condition, which is believed. */
    record OfPartition(Collection collection, String partition) implements ItemList {
        private static final String QUERY = "SELECT * FROM c WHERE c.pk = @pk AND c.id > @id ORDER BY c.id";

        @Override
        public String name() {
            return "partition/" + collection.name() + '/' + partition;
        }

        @Override
        public SqlQuerySpec after(Cursor place) {
            return new SqlQuerySpec(
                    QUERY,
                    List.of(new SqlParameter("@pk", ItemNames.of(partition)), new SqlParameter("@id", place.id())));
        }

        @Override
        public CosmosQueryRequestOptions options() {
            return new CosmosQueryRequestOptions().setPartitionKey(new PartitionKey(ItemNames.of(partition)));
        }
    }

    /**
     * All that have one value in one field, by partition and id. The field comes first in the order although it is the same in all: only so the
     * server walks the composite index (see {@link ContainerDesign}) instead of sorting what it found.
     */
    record OfField(Collection collection, String field, String value) implements ItemList {
        @Override
        public String name() {
            return "field/" + collection.name() + '/' + field + '/' + value;
        }

        @Override
        public SqlQuerySpec after(Cursor place) {
            return new SqlQuerySpec(
                    """
                    SELECT * FROM c WHERE c.f["%1$s"] = @value \
                    AND (c.pk > @pk OR (c.pk = @pk AND c.id > @id)) \
                    ORDER BY c.f["%1$s"], c.pk, c.id\
                    """.formatted(field),
                    List.of(
                            new SqlParameter("@value", value),
                            new SqlParameter("@pk", place.partition()),
                            new SqlParameter("@id", place.id())));
        }

        @Override
        public CosmosQueryRequestOptions options() {
            return new CosmosQueryRequestOptions();
        }
    }
}
