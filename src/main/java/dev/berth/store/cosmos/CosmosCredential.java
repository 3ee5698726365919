package dev.berth.store.cosmos;

import java.nio.file.Path;

/** How Berth shows the account who it is. */
public sealed interface CosmosCredential {
    /** An account key out of the configuration. */
    record Key(String text) implements CosmosCredential {
        @Override
        public String toString() {
            return "Key[]";
        }
    }

    /** An account key in a file. When the account refuses it the file is read again, so that replacing it rotates the key. */
    record KeyFile(Path path) implements CosmosCredential {}

    /** What the machine is: a managed identity, a workload identity, or whatever else {@code DefaultAzureCredential} finds. */
    record Identity() implements CosmosCredential {}
}
