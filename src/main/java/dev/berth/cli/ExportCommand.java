package dev.berth.cli;

import dev.berth.app.OpenedStore;
import dev.berth.moving.Export;
import dev.berth.moving.ExportFile;
import dev.berth.moving.Header;
import dev.berth.moving.Progress;
import dev.berth.moving.StoreCalls;
import dev.berth.store.Collection;
import dev.berth.store.documents.StoredCollections;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth export}: everything a store holds, as a file. */
@Command(
        name = "export",
        description = {
            "Writes everything the store holds into a file that berth import reads: one JSON object a line, with checksums.",
            "Stop the service first. An export that was interrupted is begun again."
        },
        footer = {
            "",
            "Examples:",
            "  berth export --config /etc/berth/berth.properties berth.ndjson.gz",
            "  BERTH_STORE_DIRECTORY=/var/lib/berth/data berth export - | age -r ... > berth.ndjson.age"
        })
final class ExportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec command;

    @Mixin
    private SettingsOption settings;

    @Option(names = "--gzip", description = "packs it; so does a FILE that ends in .gz")
    private boolean gzip;

    @Parameters(paramLabel = "FILE", description = "where to; must not exist. - is standard output")
    private String file;

    @Override
    public Integer call() throws IOException {
        try (var opened = OpenedStore.toRead(OpenedStore.settings(settings.sources()))) {
            return write(opened) ? DONE : FAILED;
        }
    }

    private boolean write(OpenedStore opened) throws IOException {
        var progress = new Progress("exported", System::nanoTime, this::say);
        var export = new Export(opened.store(), StoredCollections.ALL, new StoreCalls(Thread::sleep), progress);
        ExportFile.Content content = output -> tell(run(export, output, opened), opened, progress);
        return file.equals(STANDARD_OUTPUT)
                ? ExportFile.write(new FileOutputStream(FileDescriptor.out), gzip, content)
                : new ExportFile(Path.of(file)).write(gzip || file.endsWith(".gz"), content);
    }

    private static Export.Outcome run(Export export, OutputStream output, OpenedStore opened) throws IOException {
        var collections = StoredCollections.ALL.stream().map(Collection::name).toList();
        var header =
                new Header(UUID.randomUUID().toString(), Instant.now(), new Version().getVersion()[0], collections);
        return export.run(output, header, opened.isHeldAlone());
    }

    /** Whether it is whole. */
    private boolean tell(Export.Outcome outcome, OpenedStore opened, Progress progress) {
        return switch (outcome) {
            case Export.Outcome.Done(long documents, String sha256) -> {
                say(progress.summary(documents) + " from " + opened.place());
                say("SHA-256 of all lines but the last: " + sha256);
                yield true;
            }
            case Export.Outcome.SourceChanged() -> {
                say("somebody wrote to " + opened.place() + " meanwhile. Stop every replica, and export again.");
                yield false;
            }
            case Export.Outcome.SourceIncomplete(var mark) -> {
                say("the import of export " + mark.export() + " into " + opened.place() + " is not finished.");
                yield false;
            }
        };
    }

    private void say(String line) {
        command.commandLine().getErr().println("berth: " + line);
        command.commandLine().getErr().flush();
    }
}
