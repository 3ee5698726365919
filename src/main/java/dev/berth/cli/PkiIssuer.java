package dev.berth.cli;

import picocli.CommandLine.Option;

/** The CA that signs. */
final class PkiIssuer {
    @Option(
            names = "--issuer",
            required = true,
            paramLabel = "NAME",
            description = "the CA that signs, by its file name")
    private String name;

    String name() {
        return name;
    }
}
