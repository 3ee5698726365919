package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.KeyThumbprint;
import dev.berth.identity.TenantId;
import dev.berth.inventory.EnrollmentStanding;
import java.util.Locale;

/** What was seen of enrollment groups as JSON. */
final class EnrollmentStandingCodec implements ResourceCodec<EnrollmentStanding> {
    @Override
    public String kind() {
        return "enrollment-standing";
    }

    @Override
    public TenantId tenant(EnrollmentStanding value) {
        return value.tenant();
    }

    @Override
    public String name(EnrollmentStanding value) {
        return value.group();
    }

    @Override
    public void write(EnrollmentStanding value, ObjectNode into) {
        into.put("dpsInstance", value.dpsInstance())
                .put("anchorKey", value.anchorKey().value())
                .put("state", value.state().name().toLowerCase(Locale.ROOT))
                .put("covers", value.covers())
                .put("detail", value.detail())
                .put("checkedAt", value.checkedAt().toString());
    }

    @Override
    public EnrollmentStanding read(TenantId tenant, String name, Json from) {
        return new EnrollmentStanding(
                tenant,
                name,
                from.text("dpsInstance"),
                new KeyThumbprint(from.text("anchorKey")),
                EnrollmentStanding.State.valueOf(from.text("state").toUpperCase(Locale.ROOT)),
                from.flag("covers"),
                from.textOrNull("detail"),
                from.instant("checkedAt"));
    }
}
