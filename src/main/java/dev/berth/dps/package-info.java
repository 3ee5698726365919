/** The service API of DPS instances by the official client, fenced in; and the credentials for it. */
@NullMarked
package dev.berth.dps;

import org.jspecify.annotations.NullMarked;
