package dev.berth.cli;

import dev.berth.app.OpenedStore;
import dev.berth.moving.ExportFile;
import dev.berth.moving.ExportReader;
import dev.berth.moving.Import;
import dev.berth.moving.Progress;
import dev.berth.moving.StoreCalls;
import dev.berth.store.documents.StoredCollections;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth import}: fills an empty store with what an export holds. */
@Command(
        name = "import",
        description = {
            "Fills an empty store with a file of berth export. The whole file is checked before anything is written.",
            "Run again with the same file, an import that was interrupted goes on; until it is through, no service starts there."
        },
        footer = {
            "",
            "Examples:",
            "  berth import --config /etc/berth/berth.properties berth.ndjson.gz",
            "  age -d berth.ndjson.age | BERTH_STORE_DIRECTORY=/var/lib/berth/data berth import -"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec command;

    @Mixin
    private SettingsOption settings;

    @Parameters(
            paramLabel = "FILE",
            description = "an export, packed or not. - is standard input, which is checked only while it is written")
    private String file;

    @Override
    public Integer call() throws IOException {
        var store = OpenedStore.settings(settings.sources());
        if (!file.equals(STANDARD_INPUT)) {
            verify();
        }
        try (var opened = OpenedStore.toFill(store);
                var export = open()) {
            return fill(opened, export) ? DONE : FAILED;
        }
    }

    private void verify() throws IOException {
        if (!Files.isReadable(Path.of(file))) {
            throw new ParameterException(command.commandLine(), "no readable file: " + file);
        }
        var progress = new Progress("checked", System::nanoTime, this::say);
        try (var export = open()) {
            say(progress.summary(export.verify(progress)));
        }
    }

    private ExportReader open() throws IOException {
        InputStream bytes = file.equals(STANDARD_INPUT)
                ? new FileInputStream(FileDescriptor.in)
                : Files.newInputStream(Path.of(file));
        try {
            return new ExportReader(ExportFile.read(bytes), StoredCollections.ALL);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private boolean fill(OpenedStore opened, ExportReader export) throws IOException {
        var progress = new Progress("imported", System::nanoTime, this::say);
        var calls = new StoreCalls(Thread::sleep);
        var work = new Import(opened.store(), StoredCollections.ALL, calls, InstantSource.system(), progress);
        return tell(work.run(export), opened.place(), progress);
    }

    private boolean tell(Import.Outcome outcome, String place, Progress progress) {
        return switch (outcome) {
            case Import.Outcome.Done done -> {
                say(progress.summary(done.documents()) + " into " + place + "; " + done.wereThere()
                        + " of them were there already");
                yield true;
            }
            case Import.Outcome.DoneBefore(var at) -> {
                say(place + " has taken this export already, at " + at + ". Nothing was done.");
                yield true;
            }
            case Import.Outcome.TargetNotEmpty(var key) ->
                refused(place + " is not empty: it holds " + name(key) + ". Nothing was written.");
            case Import.Outcome.OtherImport(var mark) ->
                refused(place + " takes or took another export, " + mark.export() + ". Nothing was written.");
            case Import.Outcome.Different(var key) ->
                refused(place + " holds " + name(key) + " with other content than the export; it was left as it is.");
        };
    }

    private static String name(dev.berth.store.Key key) {
        return key.collection().name() + " " + key.partition() + " " + key.id();
    }

    private boolean refused(String why) {
        say(why);
        return false;
    }

    private void say(String line) {
        command.commandLine().getErr().println("berth: " + line);
        command.commandLine().getErr().flush();
    }
}
