/** Makes keys, certificates and proofs of possession. */
@NullMarked
package dev.berth.pki;

import org.jspecify.annotations.NullMarked;
