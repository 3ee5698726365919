/** When and where: slots, blocks, ledgers, the choice of an instance, and the queue beyond the horizon. */
@NullMarked
package dev.berth.scheduling;

import org.jspecify.annotations.NullMarked;
