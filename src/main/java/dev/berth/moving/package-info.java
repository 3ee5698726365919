/** Moving house: everything a store holds as one file of lines, and back into another store of any kind. */
@NullMarked
package dev.berth.moving;

import org.jspecify.annotations.NullMarked;
