package dev.berth.enrollment;

import dev.berth.inventory.DpsInstanceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that this replica holds: whoever wrote its document last does the work, and finds out by his next write that somebody else does.
 * How long a replica that is silent is waited for, the run itself has to say.
 */
public final class HeldRun<R> {
    private final Runs<R> runs;
    private final DpsInstanceId instance;
    private R run;
    private String version;

    /** Another replica has taken the run over: there is nothing more to do here. */
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("another replica has taken over");
        }
    }

    private HeldRun(Runs<R> runs, DpsInstanceId instance, R run, String version) {
        this.runs = runs;
        this.instance = instance;
        this.run = run;
        this.version = version;
    }

    /** Takes it, unless another replica has just done so. */
    public static <R> Optional<HeldRun<R>> take(
            Runs<R> runs, DpsInstanceId instance, @Nullable String expectedVersion, R run) {
        return runs.swap(instance, expectedVersion, run).map(version -> new HeldRun<>(runs, instance, run, version));
    }

    /** As it was written last. */
    public R run() {
        return run;
    }

    /** Writes down how far it is. */
    public void write(R next) {
        version = runs.swap(instance, version, next).orElseThrow(Lost::new);
        run = next;
    }
}
