package dev.berth.bench;

import java.util.function.Consumer;

/** Figures that are measured together. */
public interface Benchmark {
    /** Measures, which takes some minutes, and hands over each figure as soon as it is known. */
    void measure(Consumer<Figure> figures) throws Exception;
}
