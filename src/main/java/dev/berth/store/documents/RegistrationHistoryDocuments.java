package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.forecast.Granted;
import dev.berth.forecast.RegistrationHistories;
import dev.berth.forecast.RegistrationHistory;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.util.HashMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The histories as documents, one beside the ledger of each DPS instance. */
public final class RegistrationHistoryDocuments implements RegistrationHistories {
    private static final Format<RegistrationHistory> FORMAT =
            new Format<>(1, RegistrationHistoryDocuments::write, RegistrationHistoryDocuments::read);

    private final SwappedDocuments<RegistrationHistory> documents;

    public RegistrationHistoryDocuments(DocumentStore store) {
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public Optional<Versioned<RegistrationHistory>> find(DpsInstanceId instance) {
        return documents.find(key(instance));
    }

    @Override
    public Optional<String> swap(
            DpsInstanceId instance, @Nullable String expectedVersion, RegistrationHistory history) {
        return documents.swap(key(instance), expectedVersion, history);
    }

    private static Key key(DpsInstanceId instance) {
        return new Key(LedgerDocuments.LEDGERS, instance.toString(), "registrations");
    }

    private static void write(RegistrationHistory history, ObjectNode body) {
        var owners = body.put("since", history.since().toString()).putObject("owners");
        history.owners().forEach((owner, granted) -> {
            var hours = owners.putObject(owner).put("total", granted.total()).putObject("hours");
            granted.hours().forEach((hour, count) -> hours.put(hour.toString(), count.longValue()));
        });
    }

    private static RegistrationHistory read(JsonNode body) {
        var owners = new HashMap<String, Granted>();
        body.path("owners").properties().forEach(owner -> owners.put(owner.getKey(), granted(owner.getValue())));
        return new RegistrationHistory(Instants.parse(Format.text(body, "since")), owners);
    }

    private static Granted granted(JsonNode body) {
        var hours = new TreeMap<Long, Long>();
        body.path("hours")
                .properties()
                .forEach(hour ->
                        hours.put(Long.valueOf(hour.getKey()), hour.getValue().longValue()));
        return new Granted(Format.number(body, "total"), hours);
    }
}
