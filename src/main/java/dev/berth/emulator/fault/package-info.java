/** Faults on purpose: what goes wrong with which request, decided by a seed. */
@NullMarked
package dev.berth.emulator.fault;

import org.jspecify.annotations.NullMarked;
