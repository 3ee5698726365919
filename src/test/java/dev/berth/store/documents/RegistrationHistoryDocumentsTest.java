package dev.berth.store.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.forecast.Granted;
import dev.berth.forecast.RegistrationHistory;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.Ledger;
import dev.berth.store.InMemoryDocumentStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistrationHistoryDocumentsTest {
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(new TenantId("contoso"), "eu-1");
    private static final Instant SINCE = Instant.parse("2027-01-01T00:00:00.123456789Z");

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final RegistrationHistoryDocuments documents = new RegistrationHistoryDocuments(store);

    @Test
    void aHistoryIsReadAsItWasWritten() {
        var history = new RegistrationHistory(
                SINCE, Map.of("contoso", new Granted(9, new TreeMap<>(Map.of(499_000L, 4L, 499_001L, 5L)))));

        var version = documents.swap(INSTANCE, null, history).orElseThrow();

        assertThat(documents.find(INSTANCE)).contains(new Versioned<>(history, version));
        assertThat(documents.swap(INSTANCE, null, history)).isEmpty();
        assertThat(documents.swap(INSTANCE, "another", history)).isEmpty();
    }

    @Test
    void aHistoryLeavesTheLedgerAlone() {
        documents.swap(INSTANCE, null, RegistrationHistory.beginning(SINCE));

        assertThat(new LedgerDocuments(store).find(INSTANCE)).isEmpty();
        assertThat(new LedgerDocuments(store).swap(INSTANCE, null, new Ledger(SINCE, 1)))
                .isPresent();
    }

    /** Documents have a limit; the largest history that there can be keeps to it. */
    @Test
    void theLongestHistoryOfTheMostOwnersFits() {
        var owners = new HashMap<String, Granted>();
        for (int owner = 0; owner <= RegistrationHistory.OWNERS_MAX; owner++) {
            var hours = new TreeMap<Long, Long>();
            for (long hour = 0; hour < RegistrationHistory.HOURS_MAX; hour++) {
                hours.put(499_000 + hour, 999_999_999L);
            }
            owners.put("t".repeat(60) + owner, new Granted(Long.MAX_VALUE, hours));
        }
        var history = new RegistrationHistory(SINCE, owners);

        assertThat(documents.swap(INSTANCE, null, history)).isPresent();
        assertThat(documents.find(INSTANCE).orElseThrow().value()).isEqualTo(history);
    }
}
