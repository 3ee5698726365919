package dev.berth.store;

class InMemoryDocumentStoreRaceTest extends DocumentStoreRaceContract {
    @Override
    protected DocumentStore open() {
        return new InMemoryDocumentStore();
    }
}
