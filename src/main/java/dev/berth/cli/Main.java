package dev.berth.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The one entry point: hands the command line to the verb it names. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        Quarkus.run(arguments);
    }
}
