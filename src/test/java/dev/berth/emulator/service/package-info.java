@NullMarked
package dev.berth.emulator.service;

import org.jspecify.annotations.NullMarked;
