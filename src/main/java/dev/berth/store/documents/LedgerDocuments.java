package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.region.RegionId;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Ledgers;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledgers as documents, one per DPS instance. */
public final class LedgerDocuments implements Ledgers {
    public static final Collection LEDGERS = Collection.of("ledgers");
    static final Format<Ledger> FORMAT = new Format<>(1, LedgerDocuments::write, LedgerDocuments::read);

    private final SwappedDocuments<Ledger> documents;

    public LedgerDocuments(DocumentStore store) {
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
        return documents.find(key(instance));
    }

    @Override
    public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger ledger) {
        return documents.swap(key(instance), expectedVersion, ledger);
    }

    static Key key(DpsInstanceId instance) {
        return new Key(LEDGERS, instance.toString(), "ledger");
    }

    /** The one of a region, see {@link RegionalLedgerDocuments}. */
    static Key key(DpsInstanceId instance, RegionId region) {
        return new Key(LEDGERS, instance.toString(), "ledger@" + region);
    }

    private static void write(Ledger ledger, ObjectNode body) {
        body.put("slotsGivenUntil", ledger.slotsGivenUntil().toString());
        body.put("committed", ledger.committed());
        body.put("epoch", ledger.epoch());
        body.put("settledEpoch", ledger.settledEpoch());
    }

    private static Ledger read(JsonNode body) {
        var json = new Json(body);
        return new Ledger(
                json.instant("slotsGivenUntil"),
                json.number("committed"),
                json.numberOr("epoch", 0),
                json.numberOr("settledEpoch", 0));
    }
}
