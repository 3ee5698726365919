/** The document store in one durable directory, no server. */
@NullMarked
package dev.berth.store.embedded;

import org.jspecify.annotations.NullMarked;
