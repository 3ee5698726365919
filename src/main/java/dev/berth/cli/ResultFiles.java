package dev.berth.cli;

import dev.berth.bench.Figure;
import dev.berth.sandbox.DemoResult;
import dev.berth.simulation.SimulationResult;
import dev.berth.simulation.TenantResult;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the verbs write into the files of {@code --json}, told to a native image, which else forgets the names of members. */
@RegisterForReflection(
        targets = {
            DemoResult.class,
            DemoResult.Instance.class,
            Figure.class,
            SimulationResult.class,
            SimulationResult.Waits.class,
            TenantResult.class
        })
final class ResultFiles {
    private ResultFiles() {}
}
