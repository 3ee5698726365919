package dev.berth.cli;

import picocli.CommandLine.Option;

/** How many DPS instances are emulated, and how much each takes. */
final class InstanceOptions {
    @Option(
            names = "--instances",
            paramLabel = "K",
            defaultValue = "3",
            description = "emulated DPS instances (default: ${DEFAULT-VALUE})")
    int count;

    @Option(
            names = "--limit",
            paramLabel = "PER_MINUTE",
            defaultValue = "1000",
            description = "registrations a minute that each takes (default: ${DEFAULT-VALUE}, the real quota)")
    int limitPerMinute;
}
