package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.History.Call;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Key KEY = new Key(Collection.of("devices"), "tenant", "a");
    private static final WriteResult CONFLICT = new WriteResult.Conflict();

    @Test
    void takesWhatOneCallerAfterTheOtherWouldSee() {
        assertThat(History.isLinearizable(List.of(
                        Call.find(Optional::empty),
                        Call.insert(() -> written("1")),
                        Call.insert(() -> CONFLICT),
                        Call.replace("1", () -> written("2")),
                        Call.find(() -> found("2")),
                        Call.replace("1", () -> CONFLICT),
                        Call.delete("2", () -> written("2")),
                        Call.delete("2", () -> CONFLICT),
                        Call.find(Optional::empty))))
                .isTrue();
    }

    @Test
    void refusesTwoWinners() {
        assertThat(History.isLinearizable(
                        List.of(at(0, 9, Call.insert(() -> written("1"))), at(1, 8, Call.insert(() -> written("2"))))))
                .isFalse();
    }

    @Test
    void refusesAStaleRead() {
        var inserted = at(0, 1, Call.insert(() -> written("1")));
        var replaced = at(2, 5, Call.replace("1", () -> written("2")));
        assertThat(History.isLinearizable(List.of(inserted, replaced, at(4, 7, Call.find(() -> found("1"))))))
                .isTrue();
        assertThat(History.isLinearizable(List.of(inserted, replaced, at(6, 7, Call.find(() -> found("1"))))))
                .isFalse();
    }

    @Test
    void refusesAConflictWithoutACause() {
        assertThat(History.isLinearizable(List.of(Call.insert(() -> CONFLICT)))).isFalse();
    }

    private static Call at(long begin, long end, Call call) {
        return new Call(call.name(), begin, end, call.possible(), call.after(), call.seen());
    }

    private static WriteResult written(String version) {
        return new WriteResult.Written(version);
    }

    private static Optional<Document> found(String version) {
        return Optional.of(new Document(KEY, new byte[0], version));
    }
}
