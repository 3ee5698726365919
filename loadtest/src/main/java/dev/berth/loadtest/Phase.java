package dev.berth.loadtest;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Devices that come for the same reason. Phases come one after the other: each begins when all devices of the last one have ended.
 *
 * @param measured whether the report and the goals know it; what is not measured only prepares
 * @param count how many devices come
 * @param device which device comes as the n-th
 * @param arrivals when they come, {@code count} in all
 */
record Phase(
        String name,
        Behaviour behaviour,
        boolean measured,
        int count,
        IntUnaryOperator device,
        List<OpenInjectionStep> arrivals) {
    Phase {
        arrivals = List.copyOf(arrivals);
    }
}
