package dev.berth.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds a process that is measured to one core, so that its clients, on the others, do not disturb it; where the system can. */
final class OneCore {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private OneCore() {}

    static List<String> holds(List<String> command) {
        var held = new ArrayList<String>();
        if (Files.isExecutable(TASKSET)) {
            held.addAll(List.of(TASKSET.toString(), "-c", "0"));
        }
        held.addAll(command);
        return held;
    }
}
