package dev.berth.provisioning;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;

/** What provisioning lets its operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface ProvisioningEvents {
    ProvisioningEvents NONE = new ProvisioningEvents() {};

    /** A device was bound to an instance for the first time. */
    default void assigned(TenantId owner, DpsInstanceId instance) {}

    /** A device that is bound got a fresh slot. */
    default void slotRenewed(TenantId owner, DpsInstanceId instance) {}

    /** A device reported its hub, or its failure. */
    default void reported(TenantId owner, DpsInstanceId instance, DeviceState.Kind state) {}

    /** A device reported that it is registered: DPS saw it {@code lateness} after its slot, or sooner. */
    default void arrivedBy(DpsInstanceId instance, Duration lateness) {}

    /** The store could not be read; whether the device was answered from memory. */
    default void recalled(boolean answered) {}
}
