package dev.berth.store.cosmos;

import com.azure.core.credential.AzureKeyCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The account's key while the client uses it. One that comes from a file is replaced when the file is. */
final class AccountKey {
    private final AzureKeyCredential credential;
    private final @Nullable Path file;

    private AccountKey(String key, @Nullable Path file) {
        this.credential = new AzureKeyCredential(key);
        this.file = file;
    }

    /** Empty if there is no key, but an identity. */
    static Optional<AccountKey> of(CosmosCredential credential) {
        return switch (credential) {
            case CosmosCredential.Key(var text) -> Optional.of(new AccountKey(required("key", text), null));
            case CosmosCredential.KeyFile(var file) ->
                Optional.of(new AccountKey(required("key-file", read(file).orElseThrow(() -> unreadable(file))), file));
            case CosmosCredential.Identity() -> Optional.empty();
        };
    }

    AzureKeyCredential credential() {
        return credential;
    }

    /** Whether there is another key now than the one that was used. */
    boolean renew() {
        var found = file == null ? Optional.<String>empty() : read(file).filter(AccountKey::isKey);
        var isNew = found.filter(key -> !key.equals(credential.getKey())).isPresent();
        if (isNew) {
            credential.update(found.orElseThrow());
        }
        return isNew;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static CosmosOpenException unreadable(Path file) {
        return new CosmosOpenException("key-file", "cannot be read: " + file);
    }

    private static String required(String setting, String key) {
        if (!isKey(key)) {
            throw new CosmosOpenException(setting, "is no account key: these are in base 64");
        }
        return key;
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
