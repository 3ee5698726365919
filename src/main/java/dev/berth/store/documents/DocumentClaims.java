package dev.berth.store.documents;

import dev.berth.inventory.Catalog;
import dev.berth.inventory.Claim;
import dev.berth.inventory.Claims;
import dev.berth.inventory.Versioned;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.util.Optional;

/** Claims as documents; the partition's name is no tenant's. */
record DocumentClaims(DocumentStore store) implements Claims {
    private static final String PARTITION = "claims*";
    private static final int FORMAT = 1;

    @Override
    public Optional<Versioned<Claim>> find(Claim.Subject subject) {
        return store.find(key(subject)).map(document -> read(subject, document));
    }

    @Override
    public Catalog.Outcome insert(Claim claim) {
        return Outcomes.of(store.insert(key(claim.subject()), bytes(claim)));
    }

    @Override
    public Catalog.Outcome replace(Claim claim, String expectedVersion) {
        return Outcomes.of(store.replace(key(claim.subject()), bytes(claim), expectedVersion));
    }

    @Override
    public Catalog.Outcome delete(Claim.Subject subject, String expectedVersion) {
        return Outcomes.of(store.delete(key(subject), expectedVersion));
    }

    private static Versioned<Claim> read(Claim.Subject subject, Document document) {
        var json = Json.parse(document.body(), FORMAT);
        return new Versioned<>(new Claim(subject, json.text("holder"), json.instant("at")), document.version());
    }

    private static byte[] bytes(Claim claim) {
        return Json.bytes(Json.object(FORMAT)
                .put("holder", claim.holder())
                .put("at", claim.at().toString()));
    }

    private static Key key(Claim.Subject subject) {
        String kind = switch (subject.kind()) {
            case ANCHOR_KEY -> "anchor-key";
            case ID_SCOPE -> "id-scope";
        };
        return new Key(InventoryDocuments.COLLECTION, PARTITION, kind + "/" + subject.value());
    }
}
