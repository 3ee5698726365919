package dev.berth.emulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Timers of Vert.x that go off when a test lets time pass. */
final class TurnedTimers {
    private record Timer(long due, Handler<Long> handler) {}

    private final Map<Long, Timer> timers = new TreeMap<>();
    private long now;
    private long timersSet;

    /** Can do nothing but set timers and cancel them. */
    Vertx vertx() {
        return (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, (_, method, said) -> call(method, said));
    }

    @SuppressWarnings("unchecked")
    private Object call(Method method, Object[] said) {
        return switch (method.getName()) {
            case "setTimer" -> set((long) said[0], (Handler<Long>) said[1]);
            case "cancelTimer" -> timers.remove((long) said[0]) != null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private long set(long millis, Handler<Long> handler) {
        timers.put(timersSet, new Timer(now + millis, handler));
        return timersSet++;
    }

    /** In one leap: what fell due on the way is done at its end. */
    void pass(Duration time) {
        now += time.toMillis();
        for (var id : new ArrayList<>(timers.keySet())) {
            var timer = timers.get(id);
            if (timer != null && timer.due() <= now) {
                timers.remove(id);
                timer.handler().handle(id);
            }
        }
    }
}
