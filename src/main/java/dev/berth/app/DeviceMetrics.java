package dev.berth.app;

import dev.berth.api.device.ConnectionRefusal;
import dev.berth.api.device.DeviceListener;
import dev.berth.api.device.DeviceObserver;
import dev.berth.api.device.PacedProvisioner;
import dev.berth.api.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts handshakes and answers of the device listener; every label has few values, none of them a caller's own word. */
@Singleton
final class DeviceMetrics implements DeviceObserver {
    private final MeterRegistry registry;
    private final Counter handshakeFailures;
    private final Map<ConnectionRefusal, Counter> connectionsRefused = new EnumMap<>(ConnectionRefusal.class);
    private final Map<String, Counter> handshakes = new ConcurrentHashMap<>();
    private final Map<Answer, Timer> answers = new ConcurrentHashMap<>();

    private record Answer(String route, int status, Optional<ProblemType> problem) {}

    @Inject
    DeviceMetrics(MeterRegistry registry) {
        this.registry = registry;
        handshakeFailures = registry.counter("berth.device.handshake.failures");
        for (var why : ConnectionRefusal.values()) {
            connectionsRefused.put(why, registry.counter("berth.device.connections.refused", "reason", Labels.of(why)));
        }
    }

    /** Shows how much the listener has in hand. */
    void watch(DeviceListener listener, PacedProvisioner paced) {
        Gauge.builder("berth.device.connections.open", listener, DeviceListener::connectionsOpen)
                .register(registry);
        Gauge.builder("berth.device.connections.half.open", listener, DeviceListener::connectionsHalfOpen)
                .register(registry);
        Gauge.builder("berth.device.handshakes.in.progress", listener, DeviceListener::handshakesInProgress)
                .register(registry);
        Gauge.builder("berth.device.handshakes.waiting", listener, DeviceListener::handshakesWaiting)
                .register(registry);
        Gauge.builder("berth.device.requests.in.flight", listener, DeviceListener::requestsInFlight)
                .register(registry);
        Gauge.builder("berth.device.requests.at.once.max", paced, PacedProvisioner::limit)
                .register(registry);
        Gauge.builder("berth.device.tls.engine", () -> 1)
                .tag("engine", Labels.of(listener.engine()))
                .register(registry);
    }

    @Override
    public void handshakeDone(String protocol) {
        handshakes
                .computeIfAbsent(protocol, p -> registry.counter("berth.device.handshakes", "protocol", p))
                .increment();
    }

    @Override
    public void handshakeFailed() {
        handshakeFailures.increment();
    }

    @Override
    public void connectionRefused(ConnectionRefusal why) {
        Objects.requireNonNull(connectionsRefused.get(why)).increment();
    }

    @Override
    public void answered(String route, int status, Optional<ProblemType> problem, Duration duration) {
        answers.computeIfAbsent(new Answer(route, status, problem), this::timer).record(duration);
    }

    private Timer timer(Answer answer) {
        return Timer.builder("berth.device.answers")
                .tag("route", answer.route())
                .tag("status", Integer.toString(answer.status()))
                .tag("problem", answer.problem().map(ProblemType::slug).orElse("none"))
                .publishPercentileHistogram(answer.problem().isEmpty())
                .register(registry);
    }
}
