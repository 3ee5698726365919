package dev.berth.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.bench.Benchmark;
import dev.berth.bench.CommittedFigures;
import dev.berth.bench.CosmosBenchmark;
import dev.berth.bench.CosmosOverloadBenchmark;
import dev.berth.bench.CountBenchmark;
import dev.berth.bench.DecisionBenchmark;
import dev.berth.bench.DeviceBenchmark;
import dev.berth.bench.EmulatorBenchmark;
import dev.berth.bench.Figure;
import dev.berth.bench.LargeStoreBenchmark;
import dev.berth.bench.ListenerOverloadBenchmark;
import dev.berth.bench.MemoryBenchmark;
import dev.berth.bench.MovingBenchmark;
import dev.berth.bench.RecordBenchmark;
import dev.berth.bench.StartBenchmark;
import dev.berth.bench.StoreBenchmark;
import dev.berth.bench.SyncBenchmark;
import dev.berth.sandbox.ScratchDirectory;
import dev.berth.sandbox.ThisProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code berth bench}: the figures of docs/performance.md, on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures what docs/performance.md quotes, each figure beside its goal, the committed figure, and a peer where there is",
            "one; takes more than an hour and five gigabytes of temporary files. Exit code 1 when a goal was missed."
        },
        footer = {"", "Example:", "  berth bench --json figures.json", "  berth bench --only emulator"})
final class BenchCommand implements Callable<Integer> {
    private static final List<Integer> INSTANCES = List.of(1, 10, 60);

    @Spec
    private CommandSpec command;

    private final CommittedFigures committed = CommittedFigures.load();

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures to this file")
    private @Nullable Path json;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "measure only these: ${COMPLETION-CANDIDATES}")
    private List<Subject> only = List.of(Subject.values());

    /** What can be measured by itself. */
    private enum Subject {
        store,
        large,
        device,
        memory,
        start,
        emulator,
        records,
        sync,
        count,
        decision,
        moving,
        cosmos,
        overload,
        listener_overload;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().replace('_', '-');
        }

        List<Benchmark> benchmarks(Path scratch) {
            return switch (this) {
                case store -> List.of(new StoreBenchmark(scratch));
                case large -> List.of(new LargeStoreBenchmark(scratch));
                case memory -> List.of(new MemoryBenchmark(ThisProgram.command(), scratch));
                case device ->
                    Stream.of(DeviceBenchmark.Engine.values())
                            .<Benchmark>map(engine ->
                                    new DeviceBenchmark(ThisProgram.command(), scratch.resolve(engine.name()), engine))
                            .toList();
                case start -> List.of(new StartBenchmark(ThisProgram.command(), scratch));
                case emulator ->
                    INSTANCES.stream()
                            .<Benchmark>map(count -> new EmulatorBenchmark(
                                    ThisProgram.command(), scratch.resolve("instances-" + count), count))
                            .toList();
                case records -> List.of(new RecordBenchmark(scratch));
                case sync -> List.of(new SyncBenchmark(ThisProgram.command(), scratch));
                case count -> List.of(new CountBenchmark(scratch));
                case decision ->
                    INSTANCES.stream().<Benchmark>map(DecisionBenchmark::new).toList();
                case moving -> List.of(new MovingBenchmark(ThisProgram.command(), scratch));
                case cosmos ->
                    List.of(
                            new CosmosBenchmark(ThisProgram.command(), scratch.resolve("one"), 1),
                            new CosmosBenchmark(ThisProgram.command(), scratch.resolve("three"), 3));
                case overload -> List.of(new CosmosOverloadBenchmark(ThisProgram.command(), scratch));
                case listener_overload -> List.of(new ListenerOverloadBenchmark(ThisProgram.command(), scratch));
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        var scratch = ScratchDirectory.create("berth-bench");
        var figures = new ArrayList<Figure>();
        for (Subject subject : only) {
            for (var benchmark : subject.benchmarks(scratch.path().resolve(subject.name()))) {
                var obstacle = benchmark.obstacle();
                List<Figure> measured = obstacle.isPresent() ? List.of() : benchmark.measure();
                obstacle.ifPresent(why -> skip(subject, why));
                measured.forEach(this::tell);
                figures.addAll(measured);
            }
        }
        if (json != null) {
            new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), Map.of("figures", figures));
        }
        return figures.stream().allMatch(Figure::met) ? 0 : 1;
    }

    private void skip(Subject subject, String why) {
        command.commandLine().getErr().println("SKIPPED " + subject + ": " + why);
    }

    private void tell(Figure figure) {
        command.commandLine()
                .getOut()
                .printf(
                        "%-22s %,14.2f %-24s goal %,14.2f  %s%s%s%n",
                        figure.name(),
                        figure.value(),
                        figure.unit(),
                        figure.goal(),
                        figure.met() ? "met" : "MISSED",
                        besideCommitted(figure),
                        besidePeer(figure));
    }

    private String besideCommitted(Figure figure) {
        var value = committed.of(figure.name());
        return value.isEmpty() ? "" : "; committed %,.2f".formatted(value.getAsDouble());
    }

    private static String besidePeer(Figure figure) {
        return figure.peer() == null
                ? ""
                : "; %s %,.2f, so %,.2f x".formatted(figure.peer(), figure.peerValue(), figure.ratio());
    }
}
