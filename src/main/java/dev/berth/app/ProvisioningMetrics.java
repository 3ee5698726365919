package dev.berth.app;

import dev.berth.forecast.RegistrationMeter;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.KnownDevices;
import dev.berth.provisioning.ProvisioningEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts assignments and what became of them, by the owner of the device; for this process, and for the forecasts of all. */
@Singleton
final class ProvisioningMetrics implements ProvisioningEvents {
    private final BoundedCounters<Owned> assignments;
    private final BoundedCounters<Owned> slotsRenewed;
    private final BoundedCounters<Reported> reports;
    private final Counter recalled;
    private final Counter refused;
    private final ArrivalMetrics arrivals;
    private final RegistrationMeter meter;

    /** A device's owner, and the instance, which may be another tenant's. */
    private record Owned(TenantId owner, DpsInstanceId instance) {
        Tags labels() {
            return Tags.of(Labels.TENANT, owner.value(), Labels.DPS_INSTANCE, instance.name());
        }
    }

    private record Reported(Owned where, DeviceState.Kind state) {
        Tags labels() {
            return where.labels().and("state", Labels.of(state));
        }
    }

    @Inject
    ProvisioningMetrics(MeterRegistry registry, KnownDevices known, ArrivalMetrics arrivals, RegistrationMeter meter) {
        this.arrivals = arrivals;
        this.meter = meter;
        assignments = new BoundedCounters<>(registry, "berth.assignments", Owned::labels);
        slotsRenewed = new BoundedCounters<>(registry, "berth.slots.renewed", Owned::labels);
        reports = new BoundedCounters<>(registry, "berth.registration.reports", Reported::labels);
        recalled = recalls(registry, "answered");
        refused = recalls(registry, "refused");
        Gauge.builder("berth.known.devices", known, KnownDevices::count).register(registry);
    }

    private static Counter recalls(MeterRegistry registry, String outcome) {
        return Counter.builder("berth.known.devices.recalls")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void assigned(TenantId owner, DpsInstanceId instance) {
        assignments.increment(new Owned(owner, instance));
        meter.note(owner, instance);
    }

    @Override
    public void slotRenewed(TenantId owner, DpsInstanceId instance) {
        slotsRenewed.increment(new Owned(owner, instance));
    }

    @Override
    public void reported(TenantId owner, DpsInstanceId instance, DeviceState.Kind state) {
        reports.increment(new Reported(new Owned(owner, instance), state));
    }

    @Override
    public void arrivedBy(DpsInstanceId instance, Duration lateness) {
        arrivals.toldByDevice(instance, lateness);
    }

    @Override
    public void recalled(boolean answered) {
        (answered ? recalled : refused).increment();
    }
}
