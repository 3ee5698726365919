/** One DPS instance in memory: its records, quotas, counts and hubs. */
@NullMarked
package dev.berth.emulator.instance;

import org.jspecify.annotations.NullMarked;
