package dev.berth.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.region.RegionId;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult.Written;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The store of another region, which may be away when it is wanted first. */
class RemoteStoreTest {
    private static final Key KEY = new Key(Collection.of("devices"), "tenant", "a");
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore there = new InMemoryDocumentStore();
    private final List<Runnable> begun = new ArrayList<>();
    private final RemoteStore store = new RemoteStore(new RegionId("eastus"), this::opened, clock, begun::add);
    private boolean away;

    @Test
    void nobodyWaitsUntilItIsOpen() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.insert(KEY, BODY))
                .satisfies(told -> assertThat(told.outcomeUnknown()).isFalse())
                .withMessageContaining("eastus");
        assertThat(begun).hasSize(1);
    }

    @Test
    void onceItIsOpenCallsGoThere() {
        store.open();
        begun.getFirst().run();
        assertThat(store.insert(KEY, BODY)).isInstanceOf(Written.class);
        assertThat(there.find(KEY)).isPresent();
    }

    @Test
    void itIsOpenedOnceHoweverManyCall() {
        unavailable();
        unavailable();
        store.open();
        assertThat(begun).hasSize(1);
    }

    @Test
    void whatCannotBeOpenedIsTriedAgainAfterAWhile() {
        away = true;
        store.open();
        begun.removeFirst().run();
        clock.advance(RemoteStore.OPEN_AGAIN.minusMillis(1));
        unavailable();
        assertThat(begun).isEmpty();

        away = false;
        clock.advance(RemoteStore.OPEN_AGAIN);
        unavailable();
        begun.removeFirst().run();
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void whatOpensAfterItWasClosedIsClosed() {
        store.open();
        store.close();
        begun.getFirst().run();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> there.find(KEY));
    }

    @Test
    void whatIsClosedIsClosedThereToo() {
        store.open();
        begun.getFirst().run();
        store.close();
        store.close();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> there.find(KEY));
        unavailable();
        assertThat(begun).as("nothing is opened any more").hasSize(1);
    }

    private void unavailable() {
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(KEY));
    }

    private DocumentStore opened() {
        if (away) {
            throw new ConfigurationException("berth.store.cosmos.endpoint: cannot be reached");
        }
        return there;
    }
}
