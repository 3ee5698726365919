package dev.berth.app;

import java.util.List;
import java.util.stream.Stream;

/** The whole service with credentials for an emulated DPS instance. */
public class ManagedProfile extends ServiceProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return Stream.concat(super.testResources().stream(), Stream.of(new TestResourceEntry(EmulatedDps.class)))
                .toList();
    }
}
