/** Who is calling: registration IDs, tenants, certificates, trust anchors, and the judgement of a chain. */
@NullMarked
package dev.berth.identity;

import org.jspecify.annotations.NullMarked;
