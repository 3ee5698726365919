/** The main job: a device's life cycle and its first boot. */
@NullMarked
package dev.berth.provisioning;

import org.jspecify.annotations.NullMarked;
