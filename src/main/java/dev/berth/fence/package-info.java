/** What guards the requests to a server that may be slow, busy or away. */
@NullMarked
package dev.berth.fence;

import org.jspecify.annotations.NullMarked;
