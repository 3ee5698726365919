@NullMarked
package dev.berth.emulator.proxy;

import org.jspecify.annotations.NullMarked;
