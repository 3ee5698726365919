/** The one thing Berth asks of a database: compare-and-swap on one document. */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
