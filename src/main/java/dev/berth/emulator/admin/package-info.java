/** What tests and sandboxes ask of the emulator itself. */
@NullMarked
package dev.berth.emulator.admin;

import org.jspecify.annotations.NullMarked;
