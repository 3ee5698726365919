/** The domain's repositories, written once, as JSON documents of any document store. */
@NullMarked
package dev.berth.store.documents;

import org.jspecify.annotations.NullMarked;
