package dev.berth.cli;

import dev.berth.sandbox.SandboxStore;
import picocli.CommandLine.Option;

/** Where a sandbox keeps its documents, and how many services share them. */
final class StoreOptions {
    @Option(
            names = "--store",
            paramLabel = "embedded|cosmos",
            defaultValue = "embedded",
            description =
                    "keep documents in a directory, or in a Cosmos DB on this machine, which needs Node.js (default:"
                            + " ${DEFAULT-VALUE})")
    SandboxStore kind;

    @Option(
            names = "--replicas",
            paramLabel = "R",
            defaultValue = "1",
            description = "processes of the service; more than one need --store cosmos (default: ${DEFAULT-VALUE})")
    int replicas;
}
