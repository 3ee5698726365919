/** How full DPS instances are, how fast they fill and for whom, when they are full, and how long more devices would take. */
@NullMarked
package dev.berth.forecast;

import org.jspecify.annotations.NullMarked;
