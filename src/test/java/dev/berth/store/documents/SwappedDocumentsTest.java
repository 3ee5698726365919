package dev.berth.store.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.WorkClass;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ledgers and queues: read as written, swapped by version. */
class SwappedDocumentsTest {
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(new TenantId("contoso"), "dps-1");
    private static final Instant INSTANT = Instant.parse("2027-01-01T00:00:00.123456789Z");

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final LedgerDocuments ledgers = new LedgerDocuments(store);
    private final QueueDocuments queues = new QueueDocuments(store);

    @Test
    void aLedgerIsExactToTheNanosecond() {
        var ledger = new Ledger(INSTANT, 999_999);
        ledgers.swap(INSTANCE, null, ledger);
        assertThat(ledgers.find(INSTANCE).map(Versioned::value)).contains(ledger);
        ledgers.swap(INSTANCE, ledgers.find(INSTANCE).orElseThrow().version(), Ledger.UNUSED);
        assertThat(ledgers.find(INSTANCE).map(Versioned::value)).contains(Ledger.UNUSED);
    }

    @Test
    void theSecondOfTwoSwapsLoses() {
        String version = ledgers.swap(INSTANCE, null, new Ledger(INSTANT, 1)).orElseThrow();
        assertThat(ledgers.swap(INSTANCE, null, new Ledger(INSTANT, 2))).isEmpty();
        assertThat(ledgers.swap(INSTANCE, version, new Ledger(INSTANT, 3))).isPresent();
        assertThat(ledgers.swap(INSTANCE, version, new Ledger(INSTANT, 4))).isEmpty();
        assertThat(ledgers.find(INSTANCE).orElseThrow().value().committed()).isEqualTo(3);
    }

    @Test
    void queuesOfTheSameNameAndOtherOwnersAreApart() {
        var state = new QueueState(7, 3, INSTANT);
        var ours = QueueKey.ofInstance(INSTANCE);
        queues.swap(ours, null, state);
        assertThat(queues.find(ours).map(Versioned::value)).contains(state);
        assertThat(queues.find(new QueueKey(new TenantId("fabrikam"), ours.name())))
                .isEmpty();
    }

    @Test
    void theQueuesOfAnOwnerAreReadTogether() {
        var first = new QueueState(7, 3, INSTANT, Set.of("dps-1", "dps-2"));
        var second = new QueueState(1, 0, INSTANT, Set.of("dps-1"));
        var pool = QueueKey.ofPool(INSTANCE.tenant(), INSTANCE.tenant(), "factory", null);
        queues.swap(pool, null, first);
        queues.swap(QueueKey.ofInstance(INSTANCE), null, second);
        queues.swap(new QueueKey(new TenantId("fabrikam"), "pool/fabrikam/factory/*"), null, second);
        var found = queues.ofOwner(INSTANCE.tenant());
        assertThat(found).hasSize(2);
        assertThat(found.get(pool)).extracting(Versioned::value).isEqualTo(first);
        assertThat(found.get(QueueKey.ofInstance(INSTANCE)))
                .extracting(Versioned::value)
                .isEqualTo(second);
    }

    @Test
    void aQueueThatCannotBeReadHidesNoOther() {
        queues.swap(QueueKey.ofInstance(INSTANCE), null, QueueState.EMPTY);
        store.insert(new Key(QueueDocuments.QUEUES, "contoso", "pool/broken"), "{}".getBytes(UTF_8));
        assertThat(queues.ofOwner(INSTANCE.tenant())).containsOnlyKeys(QueueKey.ofInstance(INSTANCE));
    }

    @Test
    void aQueueFromBeforeItNamedItsInstancesHasNone() {
        store.insert(
                new Key(QueueDocuments.QUEUES, "contoso", "instance/dps-1"),
                "{\"format\":1,\"ticketsGiven\":7,\"watermark\":3,\"movedAt\":\"2027-01-01T00:00:00Z\"}"
                        .getBytes(UTF_8));
        var key = new QueueKey(INSTANCE.tenant(), "instance/dps-1");
        assertThat(queues.find(key).orElseThrow().value().instances()).isEmpty();
        assertThat(key.workClass()).isEqualTo(WorkClass.RE_REGISTRATION);
        assertThat(key.tenant()).isEqualTo(INSTANCE.tenant());
    }
}
