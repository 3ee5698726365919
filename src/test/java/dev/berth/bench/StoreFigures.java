package dev.berth.bench;

import java.nio.file.Path;

/** Prints the store's figures; the argument is a directory to work in. */
final class StoreFigures {
    private StoreFigures() {}

    public static void main(String[] arguments) throws Exception {
        new StoreBenchmark(Path.of(arguments[0])).measure().forEach(System.out::println);
    }
}
