/** Documents in Azure Cosmos DB for NoSQL: the production store, shared by all replicas. */
@NullMarked
package dev.berth.store.cosmos;

import org.jspecify.annotations.NullMarked;
