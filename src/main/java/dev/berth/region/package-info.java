/** Which region writes what, and which of two regions was right when both had to act alone. */
@NullMarked
package dev.berth.region;

import org.jspecify.annotations.NullMarked;
