package dev.berth.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which Berth is called, and with which certificates. */
final class TargetOptions {
    @Option(
            names = "--instances",
            paramLabel = "K",
            defaultValue = "3",
            description = "DPS instances of the sandbox (default: ${DEFAULT-VALUE})")
    private int instances;

    @Option(
            names = "--limit",
            paramLabel = "PER_MINUTE",
            defaultValue = "1000",
            description = "registrations a minute that each takes (default: ${DEFAULT-VALUE}, the real quota)")
    private int limitPerMinute;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the device listener of a Berth that runs, instead of a sandbox")
    private URI url;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM of the CAs that signed its certificate, and that of an emulator")
    private Path trust;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM of a CA that it takes devices of; their certificates are made")
    private Path ca;

    @Option(names = "--ca-key", paramLabel = "FILE", description = "its key")
    private Path caKey;

    @Option(
            names = "--certificates",
            paramLabel = "FOLDER",
            description = "certificates made beforehand instead: NAME.crt and NAME.key of each device")
    private Path certificates;

    @Option(names = "--allow-remote", description = "lets --url be another machine. It must be yours, and not in use")
    private boolean allowRemote;

    /** What cannot be told option by option. */
    void check(CommandSpec command) {
        if (url == null) {
            require(
                    command,
                    trust == null && ca == null && caKey == null && certificates == null && !allowRemote,
                    "a sandbox has its own certificates: --trust, --ca, --ca-key, --certificates and --allow-remote go with --url");
            return;
        }
        require(
                command,
                "https".equals(url.getScheme()) && url.getHost() != null,
                "--url must be like https://localhost:8443");
        require(
                command,
                allowRemote || Loopback.is(url.getHost()),
                url.getHost() + " is not this machine; --allow-remote lets the load test call it");
        require(command, trust != null, "with --url, say by --trust whose certificates are trusted");
        require(
                command,
                (certificates != null) != (ca != null && caKey != null),
                "with --url, say who the devices are: either --ca and --ca-key, or --certificates");
        require(command, (ca == null) == (caKey == null), "--ca and --ca-key go together");
    }

    Place open(Launcher launcher, Path folder) throws IOException {
        if (url != null) {
            return new Place(text(url), trust, new Identities(launcher, folder, ca, caKey, certificates), () -> {});
        }
        var sandbox = Sandbox.start(launcher, folder.resolve("sandbox"), instances, limitPerMinute);
        return new Place(
                sandbox.url(),
                sandbox.trust(),
                new Identities(launcher, folder, sandbox.ca(), sandbox.caKey(), null),
                sandbox::close);
    }

    /** Requests add their path to it. */
    private static String text(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static void require(CommandSpec command, boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
