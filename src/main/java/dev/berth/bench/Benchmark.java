package dev.berth.bench;

import java.util.List;

/** Figures that are measured together. */
public interface Benchmark {
    /** Measures; takes up to some minutes. */
    List<Figure> measure() throws Exception;
}
