/** RFC 9457 problem documents: the one place where outcomes and faults become HTTP. */
@NullMarked
package dev.berth.api.problem;

import org.jspecify.annotations.NullMarked;
