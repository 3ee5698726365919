package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.Ledger;
import dev.berth.store.Collection;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How large items are: what docs/cosmos-costs.md reckons with. */
class ItemSizeTest {
    /** What the server adds: {@code _rid}, {@code _self}, {@code _etag}, {@code _attachments} and {@code _ts}. */
    private static final String ADDED = """
            ,"_rid":"vGJzAKq5dQwBAAAAAAAAAA==","_self":"dbs/vGJzAA==/colls/vGJzAKq5dQw=/docs/vGJzAKq5dQwBAAAAAAAAAA==/",\
            "_etag":"\\"0000d826-0000-0700-0000-5b0000000000\\"","_attachments":"attachments/","_ts":1798761600""";

    private static final TenantId TENANT = new TenantId("contoso-manufacturing");
    private static final RegistrationId ID = new RegistrationId("sensor-6f1c2a9e4b7d4c0e");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00.123456789Z");

    private static final Choice CHOICE = new Choice(
            NOW.truncatedTo(ChronoUnit.MILLIS),
            Choice.Rule.EMPTIEST,
            60,
            58,
            List.of(contender(1), contender(2), contender(3)));

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Marks marks = new Marks(new Random(1));

    @Test
    void aDeviceTakesAKilobyteAndAHalfAtMost() {
        int told = size(new DeviceState.Told(assignment()));
        int registered = size(new DeviceState.Registered(
                assignment(), "contoso-iot-hub-westeurope-01.azure-devices.net", ID.value()));
        assertThat(told).isBetween(1_200, 1_400);
        assertThat(registered).isBetween(1_300, 1_500);
    }

    @Test
    void aLedgerTakesLessThanHalfAKilobyte() {
        var instance = instance();
        new LedgerDocuments(store).swap(instance, null, new Ledger(NOW, 123_456, 7, 6));
        int ledger = size(LedgerDocuments.LEDGERS, instance.toString(), "ledger");
        assertThat(ledger).isBetween(380, 460);
    }

    private int size(DeviceState state) {
        var devices = new DeviceDocuments(store);
        var device = new Device(TENANT, TENANT, ID, ID.value(), "factory-2027", "0".repeat(64), state, NOW, NOW, NOW);
        devices.find(TENANT, ID)
                .ifPresentOrElse(found -> devices.replace(device, found.version()), () -> devices.insert(device));
        return size(DeviceDocuments.DEVICES, TENANT + "/" + ID, "device");
    }

    private int size(Collection collection, String partition, String id) {
        var key = new Key(collection, partition, id);
        var body = store.find(key).orElseThrow().body();
        return (Item.of(key, body, marks.next()).json() + ADDED).getBytes(UTF_8).length;
    }

    private static Choice.Contender contender(int number) {
        return new Choice.Contender(
                "westeurope-0" + number, 123_456 + number, 1_000_000, 1, Duration.ofMillis(61L * number));
    }

    private static Assignment assignment() {
        return new Assignment(instance(), 1, NOW, 3, CHOICE);
    }

    private static DpsInstanceId instance() {
        return new DpsInstanceId(TENANT, "westeurope-01");
    }
}
