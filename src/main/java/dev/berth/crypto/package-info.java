/** Who does the cryptography of this process, on the JVM and in a native image. */
@NullMarked
package dev.berth.crypto;

import org.jspecify.annotations.NullMarked;
