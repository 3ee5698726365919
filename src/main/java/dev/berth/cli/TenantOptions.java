package dev.berth.cli;

import dev.berth.simulation.Tenancy;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Whose the devices of a simulated fleet are. */
final class TenantOptions {
    @Option(
            names = "--tenants",
            paramLabel = "PARTS",
            split = ",",
            defaultValue = "1",
            description = {
                "whose the devices are, as parts of the fleet: 9,1 is one tenant with nine tenths and another with one;",
                "all may go to every instance (default: one tenant)"
            })
    private List<Integer> parts;

    @Option(
            names = "--weights",
            paramLabel = "WEIGHTS",
            split = ",",
            description = "what each tenant counts where several wait for an instance (default: 1 each)")
    private List<Integer> weights = List.of();

    /** @throws IllegalArgumentException with a sentence for the user */
    List<Tenancy> tenancies() {
        if (!weights.isEmpty() && weights.size() != parts.size()) {
            throw new IllegalArgumentException(
                    "%,d tenants need as many weights, not %,d".formatted(parts.size(), weights.size()));
        }
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Tenancy(parts.get(i), weights.isEmpty() ? 1 : weights.get(i), null))
                .toList();
    }
}
