/** The service API of an instance, whatever it travels on. */
@NullMarked
package dev.berth.emulator.service;

import org.jspecify.annotations.NullMarked;
