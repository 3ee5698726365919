package dev.berth.app;

import dev.berth.inventory.DpsInstanceId;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** The labels of metrics; the same words as in the log and on the wire. */
final class Labels {
    static final String TENANT = "tenant";
    static final String DPS_INSTANCE = "dps_instance";

    private Labels() {}

    static Tags of(DpsInstanceId instance) {
        return Tags.of(TENANT, instance.tenant().value(), DPS_INSTANCE, instance.name());
    }

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
