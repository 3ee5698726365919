package dev.berth.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some documents, and the opaque cursor that the next request continues from (null: there are no more). */
public record Page(List<Document> documents, @Nullable String cursor) {}
