/** The administration API: REST resources, and who may call them. */
@NullMarked
package dev.berth.api.admin;

import org.jspecify.annotations.NullMarked;
