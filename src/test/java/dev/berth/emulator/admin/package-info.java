@NullMarked
package dev.berth.emulator.admin;

import org.jspecify.annotations.NullMarked;
