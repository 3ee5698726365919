/** The device listener: mutual TLS, and the routes devices call. */
@NullMarked
package dev.berth.api.device;

import org.jspecify.annotations.NullMarked;
