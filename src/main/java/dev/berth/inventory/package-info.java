/** What is balanced over: tenants, DPS instances, enrollment groups and the pools they form. */
@NullMarked
package dev.berth.inventory;

import org.jspecify.annotations.NullMarked;
