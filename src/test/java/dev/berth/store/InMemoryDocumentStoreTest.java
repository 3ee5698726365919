package dev.berth.store;

class InMemoryDocumentStoreTest extends DocumentStoreContract {
    @Override
    protected DocumentStore open() {
        return new InMemoryDocumentStore();
    }
}
