@org.jspecify.annotations.NullMarked
package dev.berth.store.cosmos;
