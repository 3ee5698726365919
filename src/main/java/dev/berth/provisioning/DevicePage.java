package dev.berth.provisioning;

import dev.berth.inventory.Versioned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some devices, and the opaque cursor that the next request continues from (null: there are no more). */
public record DevicePage(
        List<Versioned<Device>> devices, @Nullable String cursor) {}
