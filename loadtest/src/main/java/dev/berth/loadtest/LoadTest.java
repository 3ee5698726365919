package dev.berth.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./berth loadtest}: a fleet of devices against a Berth. */
@Command(
        name = "berth loadtest",
        sortOptions = false,
        description = {
            "Lets a fleet of devices call a Berth, each with a certificate and connections of its own, and draws how that went.",
            "Without --url it starts ./berth sandbox, and stops it at the end."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, whether or not goals were missed", "1:failed", "2:usage"},
        footerHeading = "%nScenarios:%n")
public final class LoadTest implements Callable<Integer> {
    private static final int DEVICES_MAX = 100_000;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SCENARIO", description = "see below")
    private String scenario;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "2000",
            description = "how many come (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--seconds", paramLabel = "S", description = "within which they come (default: see the scenario)")
    private Integer seconds;

    @Mixin
    private TargetOptions target;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    private final Launcher launcher;
    private final Path home;

    private LoadTest(Path home) {
        this.home = home;
        this.launcher = new Launcher(home.resolve("berth"));
    }

    /** The system property {@code berth.home} is where {@code ./berth} is. */
    public static void main(String... arguments) {
        System.exit(commandLine(Path.of(System.getProperty("berth.home", "."))).execute(arguments));
    }

    static CommandLine commandLine(Path home) {
        var line = new CommandLine(new LoadTest(home.toAbsolutePath()));
        line.getCommandSpec().usageMessage().width(140).footer(footer());
        line.setParameterExceptionHandler((wrong, _) -> {
            line.getErr().println("berth: " + wrong.getMessage());
            return line.getCommandSpec().exitCodeOnInvalidInput();
        });
        return line.setExecutionExceptionHandler((failure, verb, _) -> {
            verb.getErr()
                    .println("berth: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
            return verb.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    @Override
    public Integer call() throws Exception {
        var chosen = Scenario.named(scenario)
                .orElseThrow(() ->
                        usage("there is no scenario " + scenario + "; there are\n" + String.join("\n", scenarios())));
        if (devices < 1 || devices > DEVICES_MAX) {
            throw usage("--devices must be 1 to " + DEVICES_MAX);
        }
        if (seconds != null && seconds < 1) {
            throw usage("--seconds must be at least 1");
        }
        target.check(command);
        var phases = chosen.phases(devices, seconds == null ? chosen.over() : Duration.ofSeconds(seconds));
        Path folder = Files.createDirectories(home.resolve("loadtest/target/runs")
                .resolve(chosen + "-"
                        + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                                .format(LocalDateTime.now())));
        return run(chosen, phases, folder);
    }

    private int run(Scenario chosen, List<Phase> phases, Path folder) throws IOException, InterruptedException {
        try (var place = target.open(launcher, folder)) {
            say("%s with %,d devices against %s", chosen, devices, place.url());
            var fleet = new Fleet(phases, place.devices(Scenario.certificates(phases)));
            Trust.in(place.trust(), folder.resolve("trust.p12"));
            boolean ended = FleetSimulation.run(fleet, place.url(), folder, chosen + ": " + chosen.says());
            return new Report(chosen, fleet, folder, command.commandLine().getOut()).write(ended);
        }
    }

    private void say(String format, Object... values) {
        command.commandLine().getErr().printf(Locale.ROOT, "berth: " + format + "%n", values);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static String[] scenarios() {
        return Arrays.stream(Scenario.values())
                .map(one -> "  %-30s%s".formatted(one, one.says()))
                .toArray(String[]::new);
    }

    private static String[] footer() {
        var lines = new ArrayList<>(List.of(scenarios()));
        lines.addAll(
                List.of(
                        "",
                        "Examples:",
                        "  berth loadtest first-boot-storm --devices 2000",
                        "  berth loadtest steady-state --url https://localhost:8443 --trust server-ca.pem --ca device-ca.pem --ca-key device-ca.key"));
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }
}
