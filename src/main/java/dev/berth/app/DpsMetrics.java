package dev.berth.app;

import dev.berth.dps.DpsEvents;
import dev.berth.dps.ServiceCredential;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.fence.FenceEvents;
import dev.berth.inventory.DpsInstanceId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts and times the operations of DPS's service API, and tells when a key is refused. */
@Singleton
final class DpsMetrics implements DpsEvents {
    private static final Logger LOG = Logger.getLogger(DpsMetrics.class);
    private static final String DONE = "done";

    private final BoundedCounters<Answer> operations;
    private final BoundedCounters<Refusal> refusals;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Map<DpsInstanceId, Refusal> told = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final FenceMetrics fences;

    private record Answer(DpsInstanceId instance, String outcome) {}

    private record Refusal(DpsInstanceId instance, ServiceCredential.Slot slot, boolean otherTaken) {}

    @Inject
    DpsMetrics(MeterRegistry registry) {
        this.registry = registry;
        fences = new FenceMetrics(registry, "berth.dps");
        operations = new BoundedCounters<>(
                registry,
                "berth.dps.operations",
                answer -> Labels.of(answer.instance()).and("outcome", answer.outcome()));
        refusals = new BoundedCounters<>(
                registry,
                "berth.dps.credentials.refused",
                refusal -> Labels.of(refusal.instance()).and("credential", Labels.of(refusal.slot())));
    }

    @Override
    public void operation(DpsInstanceId instance, Duration took, DpsServiceException.@Nullable Kind failure) {
        var outcome = failure == null ? DONE : Labels.of(failure);
        operations.increment(new Answer(instance, outcome));
        timers.computeIfAbsent(outcome, this::timer).record(took);
        if (failure == null) {
            told.computeIfPresent(instance, (_, refusal) -> refusal.otherTaken() ? refusal : null);
        }
    }

    /** Told once, not with every call, until something about it changes. */
    @Override
    public void credentialRefused(
            DpsInstanceId instance, String credential, ServiceCredential.Slot slot, boolean otherTaken) {
        var refusal = new Refusal(instance, slot, otherTaken);
        refusals.increment(refusal);
        if (!refusal.equals(told.put(instance, refusal))) {
            LOG.warnf(
                    "DPS refused the %s key of credentials %s; %s tenant=%s dpsInstance=%s",
                    Labels.of(slot),
                    credential,
                    otherTaken ? "the other one is used" : "there is no other that it takes",
                    instance.tenant(),
                    instance.name());
        }
    }

    @Override
    public FenceEvents fence(DpsInstanceId instance) {
        return fences.of(Labels.of(instance));
    }

    private Timer timer(String outcome) {
        return Timer.builder("berth.dps.operation.duration")
                .tag("outcome", outcome)
                .register(registry);
    }
}
