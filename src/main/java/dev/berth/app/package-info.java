/** Wiring, configuration, health and start-up checks; imported by nobody. */
@NullMarked
package dev.berth.app;

import org.jspecify.annotations.NullMarked;
