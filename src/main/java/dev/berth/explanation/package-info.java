/** Why a device is where it is: what was decided, what stands now, and what would change it. */
@NullMarked
package dev.berth.explanation;

import org.jspecify.annotations.NullMarked;
