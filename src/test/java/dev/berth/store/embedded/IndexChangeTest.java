package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.PageRequest;
import dev.berth.store.embedded.FaultyDisk.Failure;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexChangeTest extends EmbeddedStoreFixture {
    private static final Collection BY_HUB = Collection.of("devices", "hub");
    private static final Collection BY_BOTH = Collection.of("devices", "hub", "state");
    private static final int ROWS = 25_000;

    @Test
    void aNewIndexCoversTheDocumentsThatAreThere() {
        insertRows();
        reopen();
        assertThat(found(BY_BOTH, "hub", "h7")).isEqualTo(ROWS / 100);
        assertThat(found(BY_BOTH, "state", "s1")).isEqualTo(ROWS / 25);
        assertThat(store.verify().indexEntries()).isEqualTo(2L * ROWS);
    }

    @Test
    void anIndexThatNobodyDeclaresAnyMoreIsDropped() {
        insertRows();
        reopen();
        store.declare(BY_HUB);
        assertThat(store.verify().indexEntries()).isEqualTo(ROWS);
        assertThat(store.verify().isSound()).isTrue();
    }

    @Test
    void indexesThatComeBackAreBuiltAgain() {
        insertRows();
        reopen();
        store.declare(BY_HUB);
        store.insert(new Key(BY_HUB, "tenant", "new"), row("s1", "h7"));
        reopen();
        assertThat(found(DEVICES, "state", "s1")).isEqualTo(ROWS / 25 + 1);
    }

    @Test
    void aBuildThatFailsIsStartedAgain() {
        insertRows();
        reopen();
        disk.failNext(Failure.BEFORE);
        unavailable(() -> store.declare(BY_BOTH));
        reopen();
        store.declare(DEVICES);
        store.insert(device("between"), row("s1", "h7"));
        reopen();
        assertThat(found(BY_BOTH, "hub", "h7")).isEqualTo(ROWS / 100 + 1);
    }

    @Test
    void oneProgramDeclaresACollectionOneWay() {
        store.insert(A, TOLD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.scan(BY_HUB, "hub", "h7", PageRequest.first(1)))
                .withMessageContaining("devices");
    }

    private void insertRows() {
        store.insertAll(
                DEVICES,
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new NewDocument("tenant", "d" + i, row("s" + i % 25, "h" + i % 100)))
                        .toList());
    }

    private static byte[] row(String state, String hub) {
        return "{\"state\":\"%s\",\"hub\":\"%s\"}".formatted(state, hub).getBytes(UTF_8);
    }

    private int found(Collection collection, String field, String value) {
        var page = store.scan(collection, field, value, PageRequest.first(1000));
        var count = page.documents().size();
        while (page.cursor() != null) {
            page = store.scan(collection, field, value, new PageRequest(1000, page.cursor()));
            count += page.documents().size();
        }
        return count;
    }
}
