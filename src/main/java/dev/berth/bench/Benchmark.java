package dev.berth.bench;

import java.util.List;
import java.util.Optional;

/** Figures that are measured together. */
public interface Benchmark {
    /** Measures; takes up to some minutes. */
    List<Figure> measure() throws Exception;

    /** Why this machine cannot measure it, if so. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }
}
