package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;

/** How the resources of one kind are written as JSON. Reading may throw any {@link RuntimeException}: the document is broken then. */
interface ResourceCodec<T> {
    /** Names the kind in documents, for good. */
    String kind();

    TenantId tenant(T value);

    String name(T value);

    void write(T value, ObjectNode into);

    T read(TenantId tenant, String name, Json from);
}
