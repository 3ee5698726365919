package dev.berth.store.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.lifecycle.Count;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.GroupCount;
import dev.berth.lifecycle.Reconciliation;
import dev.berth.lifecycle.Reconciliations;
import dev.berth.lifecycle.Settlement;
import dev.berth.lifecycle.Stage;
import dev.berth.lifecycle.Tally;
import dev.berth.store.InMemoryDocumentStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReconciliationDocumentsTest {
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(new TenantId("contoso"), "eu-1");
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00.123456789Z");
    private static final Stage.Baseline BASELINE = new Stage.Baseline(3, 1_000_000, NOW);
    private static final Count COUNT = new Count(
            List.of(new GroupCount("a", true, 7, true), new GroupCount("b", false, 0, false)),
            4,
            new Tally(1, 2, 3, 4, 5, Map.of(Finding.Kind.TWICE, 6L)));

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Reconciliations documents = new ReconciliationDocuments(store);

    static Stream<Stage> stages() {
        return Stream.of(
                new Stage.Beginning(List.of("old", "older")),
                new Stage.Counting(BASELINE, COUNT, null),
                new Stage.Counting(BASELINE, COUNT, "next"),
                new Stage.Comparing(BASELINE, COUNT),
                new Stage.Settled(COUNT, new Settlement(7, 10, 9), NOW),
                new Stage.Failed(Count.NONE, "there are too many", NOW));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aReconciliationIsReadAsItWasWritten(Stage stage) {
        var before = stage instanceof Stage.Ended ended ? ended.summary() : null;
        var run = new Reconciliation("replica", NOW, NOW, 12, stage, before == null ? "stopped" : null, before);

        var version = documents.swap(INSTANCE, null, run);

        assertThat(documents.find(INSTANCE).orElseThrow().value()).isEqualTo(run);
        assertThat(documents.find(INSTANCE).orElseThrow().version()).isEqualTo(version.orElseThrow());
        assertThat(documents.swap(INSTANCE, null, run)).isEmpty();
    }

    /** Documents have a limit; the largest that there can be keep to it. */
    @Test
    void theMostGroupsFindingsAndHashesFitIntoTheirDocuments() {
        var longest = "x".repeat(128);
        var groups = IntStream.range(0, Count.GROUPS_MAX)
                .mapToObj(i -> new GroupCount(longest, false, Long.MAX_VALUE, false))
                .toList();
        var count = new Count(groups, Integer.MAX_VALUE, COUNT.tally());
        var stage = new Stage.Counting(BASELINE, count, "y".repeat(8_192));
        var name = new DpsInstanceId(new TenantId("t".repeat(63)), "n".repeat(63));
        var findings =
                Collections.nCopies(Finding.PER_KIND_MAX, new Finding(Finding.Kind.ELSEWHERE, longest, name, NOW));
        var hashes = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(1)
                .longs(Reconciliations.CHUNK_MAX)
                .toArray();

        assertThat(documents.swap(INSTANCE, null, new Reconciliation("r", NOW, NOW, 1, stage, null, null)))
                .isPresent();
        documents.saveFindings(INSTANCE, Finding.Kind.ELSEWHERE, findings);
        documents.saveSeen(INSTANCE, 0, hashes);

        assertThat(documents.findings(INSTANCE, Finding.Kind.ELSEWHERE)).isEqualTo(findings);
        assertThat(documents.seen(INSTANCE, 0).orElseThrow()).isEqualTo(hashes);
    }

    @Test
    void theLastFindingsOfAKindCount() {
        documents.saveFindings(INSTANCE, Finding.Kind.UNKNOWN, List.of(finding("a"), finding("b")));
        documents.saveFindings(INSTANCE, Finding.Kind.UNKNOWN, List.of(finding("c")));

        assertThat(documents.findings(INSTANCE, Finding.Kind.UNKNOWN)).containsExactly(finding("c"));
        assertThat(documents.findings(INSTANCE, Finding.Kind.MISSING)).isEmpty();
    }

    @Test
    void whatIsForgottenIsGone() {
        documents.saveSeen(INSTANCE, 0, new long[] {1});
        documents.saveSeen(INSTANCE, 1, new long[] {-1, Long.MIN_VALUE});

        documents.forgetSeen(INSTANCE, 2);

        assertThat(documents.seen(INSTANCE, 0)).isEmpty();
        assertThat(documents.seen(INSTANCE, 1)).isEmpty();
    }

    private static Finding finding(String id) {
        return new Finding(Finding.Kind.UNKNOWN, id, null, null);
    }
}
