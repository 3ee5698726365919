@NullMarked
package dev.berth.emulator.enrollment;

import org.jspecify.annotations.NullMarked;
