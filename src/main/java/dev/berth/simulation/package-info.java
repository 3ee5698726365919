/** What a fleet would do: the real scheduling and provisioning of many replicas on a virtual clock, and what others do beside it. */
@NullMarked
package dev.berth.simulation;

import org.jspecify.annotations.NullMarked;
