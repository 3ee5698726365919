/** After the first boot: what DPS instances really hold of devices, and what follows from it. */
@NullMarked
package dev.berth.lifecycle;

import org.jspecify.annotations.NullMarked;
