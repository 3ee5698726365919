/** Figures that docs/performance.md quotes, each with the goal it is held to. */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
