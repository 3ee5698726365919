package dev.berth.bench;

import dev.berth.scheduling.AdmissionDecision;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** {@link DecisionBenchmark} by JMH, which has the last word on what a decision costs: {@code ./mvnw -Pjmh process-test-classes}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionJmh {
    @Param({"1", "10", "60"})
    public int instances;

    private @Nullable DecisionBenchmark decisions;

    @Setup
    public void rush() {
        decisions = new DecisionBenchmark(instances);
        decisions.holdBlocks();
    }

    @Benchmark
    public AdmissionDecision decision() {
        return Objects.requireNonNull(decisions).decide();
    }
}
