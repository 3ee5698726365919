package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.sandbox.LocalCosmos;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.LocalAccount;
import dev.berth.store.embedded.EmbeddedStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** One switch chooses the store, and what does not fit names itself. */
class StoresTest {
    @TempDir
    private Path directory;

    @Test
    void theEmbeddedStoreIsTheDefault() {
        try (var store = Stores.open(config(Map.of()).store(), StoreListener.NONE)) {
            assertThat(store).isInstanceOf(EmbeddedStore.class);
        }
    }

    @Test
    void anAccountHasAnAddress() {
        refused(Map.of(), "berth.store.cosmos.endpoint: is not set");
        refused(Map.of("endpoint", "somewhere"), "berth.store.cosmos.endpoint: must be https://");
        refused(Map.of("endpoint", "ftp://localhost/"), "berth.store.cosmos.endpoint: must be https://");
    }

    @Test
    void thereIsOneKeyAtMost() {
        refused(account("key", "a2V5", "key-file", "account.key"), "berth.store.cosmos.key-file are both set");
        refused(
                account("key-file", directory.resolve("none").toString()),
                "berth.store.cosmos.key-file: cannot be read");
    }

    @Test
    void whatIsNoKeyIsNotQuoted() throws IOException {
        var file = Files.writeString(directory.resolve("account.key"), "s3cret, not base 64!\n");
        assertThat(refusal(account("key-file", file.toString())))
                .startsWith("berth.store.cosmos.key-file:")
                .doesNotContain("s3cret");
    }

    @Test
    void limitsThatDoNotFitTogetherNameThemselves() {
        refused(account("key", "a2V5", "throttle-wait-max", "PT5S"), "berth.store.cosmos.throttle-wait-max");
        refused(account("key", "a2V5", "answer-wait-max", "PT3S"), "berth.store.cosmos.answer-wait-max");
        refused(account("key", "a2V5", "retry-delay", "PT3S"), "berth.store.cosmos.retry-delay");
        refused(account("key", "a2V5", "throughput-max", "1500"), "berth.store.cosmos.throughput-max");
        refused(account("key", "a2V5", "bulk-in-flight-max", "300"), "berth.store.cosmos.bulk-in-flight-max");
    }

    @Test
    void anAccountThatCannotBeReachedIsNamed() {
        System.setProperty(LocalCosmos.PLAIN_HTTP_PROPERTY, "true");
        refused(account("key", "a2V5"), "berth.store.cosmos.endpoint: cannot be reached");
    }

    @Test
    @EnabledIf("dev.berth.store.cosmos.LocalAccount#canRun")
    void aDatabaseThatNobodyMayMakeHasToBeThere() {
        var settings = new HashMap<>(account("key", LocalAccount.server().key(), "create", "false"));
        settings.put("endpoint", LocalAccount.server().endpoint().toString());
        refused(settings, "berth.store.cosmos.database: there is no database berth");
    }

    private static Map<String, String> account(String... settings) {
        var account = new HashMap<>(Map.of("endpoint", "http://127.0.0.1:1/", "mode", "gateway"));
        for (var i = 0; i < settings.length; i += 2) {
            account.put(settings[i], settings[i + 1]);
        }
        return account;
    }

    private void refused(Map<String, String> cosmos, String message) {
        assertThat(refusal(cosmos)).contains(message);
    }

    private String refusal(Map<String, String> cosmos) {
        var settings = new HashMap<String, String>();
        settings.put("berth.store", "cosmos");
        cosmos.forEach((name, value) -> settings.put("berth.store.cosmos." + name, value));
        var config = config(settings).store();
        var refusal = new String[1];
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Stores.open(config, StoreListener.NONE).close())
                .satisfies(e -> refusal[0] = String.valueOf(e.getMessage()));
        return refusal[0];
    }

    private BerthConfig config(Map<String, String> more) {
        var settings = new HashMap<>(
                Map.of("berth.store.directory", directory.resolve("data").toString()));
        settings.putAll(more);
        return TestConfig.of(settings);
    }
}
