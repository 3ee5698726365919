package dev.berth.cli;

import dev.berth.api.device.TlsEngine;
import dev.berth.crypto.AwsLc;
import dev.berth.crypto.InMemoryKeyStores;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The one entry point: hands the command line to the verb it names. */
@QuarkusMain
@Command(
        name = "berth",
        description = "Zero-touch provisioning load balancer for Azure IoT fleets.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        subcommands = {
            DemoCommand.class,
            SandboxCommand.class,
            ServeCommand.class,
            EmulatorCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            PkiCommand.class,
            SimulateCommand.class,
            BenchCommand.class
        },
        scope = CommandLine.ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, or a promise was broken", "2:usage"})
public final class Main implements Runnable {
    @Spec
    private CommandSpec command;

    Main() {}

    public static void main(String... arguments) {
        TlsEngine.prepareJdk();
        InMemoryKeyStores.spareIterations();
        AwsLc.prefer();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(new OneLine());
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a verb is missing");
    }

    /** Tells what failed in one line; {@code BERTH_STACKTRACE=on} adds where. */
    private static final class OneLine implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failure, CommandLine verb, ParseResult arguments) {
            String message = failure.getMessage();
            verb.getErr().println("berth: " + (message == null ? failure.toString() : message));
            if ("on".equals(System.getenv("BERTH_STACKTRACE"))) {
                failure.printStackTrace(verb.getErr());
            }
            return verb.getCommandSpec().exitCodeOnExecutionException();
        }
    }
}
