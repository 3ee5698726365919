package dev.berth.emulator.state;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.JsonAt;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;

/** The state in a file that only its owner can read, because it holds keys. */
public final class StateFile {
    /** Of one document, be it a file or a request: a million records are some 400 MB. */
    public static final long BYTES_MAX = 4L << 30;

    private StateFile() {}

    /** Instances with the contents of the file; see {@link StateReader}. */
    public static List<EmulatedInstance> read(
            Path file, long bytesMax, Instances instances, Function<JsonAt, EmulatedInstance> target)
            throws IOException {
        try (var in = new BufferedInputStream(new LimitedInput(Files.newInputStream(file), bytesMax))) {
            return StateReader.read(in, instances.ticker().nanos(), target);
        }
    }

    /** The instance of that ID scope, or else of that name. */
    public static Function<JsonAt, EmulatedInstance> byIdScopeOrName(Instances instances) {
        return json -> {
            var same = instances.find(json.at("idScope").text());
            var name = json.at("name").text();
            return same != null
                    ? same
                    : instances.all().stream()
                            .filter(instance -> instance.config().name().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> json.at("name").invalid("no instance has this ID scope or name"));
        };
    }

    /** Readers see the former file or this one, never a part. */
    public static void write(Instances instances, Path file) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        var draft = Files.createTempFile(directory, "state", ".json");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                StateWriter.write(instances.all(), instances.ticker().nanos(), out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
