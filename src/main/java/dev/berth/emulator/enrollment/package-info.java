/** Who may register: enrollments, and how devices prove themselves. */
@NullMarked
package dev.berth.emulator.enrollment;

import org.jspecify.annotations.NullMarked;
