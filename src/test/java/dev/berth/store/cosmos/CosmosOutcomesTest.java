package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreListener.Outcome;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import dev.berth.store.cosmos.FaultProxy.Request;
import dev.berth.store.cosmos.FaultProxy.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of the account, and each missing one, becomes. */
@NeedsLocalCosmos
class CosmosOutcomesTest {
    private static final Collection DEVICES = Collection.of("devices", "state");
    private static final Key A = new Key(DEVICES, "tenant", "a");
    private static final byte[] TOLD = "{\"state\":\"told\"}".getBytes(UTF_8);
    private static final byte[] REGISTERED = "{\"state\":\"registered\"}".getBytes(UTF_8);
    private static final Duration THROTTLE_WAIT = Duration.ofMillis(200);

    /** Repeats twice, and tires soon. */
    private static final CosmosLimits HASTY = new CosmosLimits(
            Duration.ofSeconds(10),
            THROTTLE_WAIT,
            Duration.ofSeconds(30),
            2,
            Duration.ofMillis(2),
            4,
            2,
            100,
            Duration.ofSeconds(1),
            2);

    private final RecordingListener told = new RecordingListener();
    private FaultProxy proxy;
    private CosmosStore store;

    @BeforeEach
    void open() {
        proxy = FaultProxy.before(LocalAccount.server().endpoint());
        store = open(HASTY);
    }

    private CosmosStore open(CosmosLimits limits) {
        return CosmosStore.open(LocalAccount.options(proxy.endpoint(), limits), told, new Random(), DEVICES);
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
    }

    @Test
    void aShortThrottlingIsWaitedOut() {
        proxy.troubleOnce(_ -> true, Trouble.Answer.throttled(Duration.ofMillis(20)));
        assertThat(store.insert(A, TOLD)).isInstanceOf(Written.class);
        assertThat(proxy.troubled()).isEqualTo(1);
    }

    @Test
    void aThrottlingThatLastsIsAnOverloadThatSaysWhenToComeBack() {
        proxy.trouble(_ -> Trouble.Answer.throttled(Duration.ofSeconds(7)));
        var overloaded = unavailable(() -> store.insert(A, TOLD));
        assertThat(overloaded.outcomeUnknown()).isFalse();
        assertThat(overloaded.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(proxy.troubled()).as("nothing is added to an overload").isEqualTo(1);
        assertThat(told.outcomes).containsExactly(Outcome.UNAVAILABLE);
    }

    @Test
    void aThrottlingOfMillisecondsIsToldInSeconds() {
        proxy.trouble(_ -> Trouble.Answer.throttled(Duration.ofMillis(150)));
        assertThat(unavailable(() -> store.find(A)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aContendedWriteIsMadeAgain() {
        proxy.troubleOnce(Request::isWrite, Trouble.Answer.of(449));
        assertThat(store.insert(A, TOLD)).isInstanceOf(Written.class);
        assertThat(proxy.troubled()).isEqualTo(1);
    }

    /** The client itself tries again for half a minute, and lets nobody see how often it was told that nothing was done. */
    @Test
    void aWriteThatStaysContendedIsInDoubt() {
        store.close();
        store = open(with(Duration.ofMillis(300), 100));
        proxy.trouble(_ -> Trouble.Answer.of(449));
        assertThat(unavailable(() -> store.insert(A, TOLD)).outcomeUnknown()).isTrue();
    }

    @Test
    void aBodyThatTheAccountDoesNotTakeIsTheCallersMistake() {
        proxy.trouble(_ -> Trouble.Answer.of(413));
        assertThatIllegalArgumentException().isThrownBy(() -> store.insert(A, TOLD));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void whatTheAccountRefusesIsNotTriedAgain(int status) {
        proxy.trouble(_ -> Trouble.Answer.of(status));
        var refused = unavailable(() -> store.insert(A, TOLD));
        assertThat(refused.outcomeUnknown()).isFalse();
        assertThat(refused).hasMessageContaining(String.valueOf(status));
        assertThat(told.fenced).isEmpty();
    }

    @Test
    void aKeyThatWasReplacedInItsFileIsUsedFromThenOn(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("account.key"), "b2xk");
        store.close();
        store = open(new CosmosCredential.KeyFile(file));
        proxy.troubleOnce(_ -> true, Trouble.Answer.of(401));
        assertThat(unavailable(() -> store.insert(A, TOLD))).hasMessageContaining("401");
        Files.writeString(file, "bmV3\n");
        proxy.troubleOnce(_ -> true, Trouble.Answer.of(401));
        assertThat(store.insert(A, TOLD)).isInstanceOf(Written.class);
    }

    private CosmosStore open(CosmosCredential credential) {
        var options = LocalAccount.options(proxy.endpoint(), HASTY);
        return CosmosStore.open(
                new CosmosStoreOptions(
                        options.endpoint(),
                        credential,
                        options.database(),
                        options.mode(),
                        options.preferredRegions(),
                        true,
                        1_000,
                        HASTY),
                told,
                new Random());
    }

    @Test
    void anInsertWhoseAnswerIsLostIsFoundAgain() {
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetAfter());
        var written = store.insert(A, TOLD);
        assertThat(written).isEqualTo(new Written(found().version()));
        assertThat(found().body()).isEqualTo(TOLD);
    }

    @Test
    void anInsertThatNeverArrivedIsMadeAgain() {
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetBefore());
        assertThat(store.insert(A, TOLD)).isEqualTo(new Written(found().version()));
    }

    @Test
    void aReplaceWhoseAnswerIsLostIsFoundAgain() {
        var version = insert();
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetAfter());
        assertThat(store.replace(A, REGISTERED, version)).isEqualTo(new Written(found().version()));
        assertThat(found().body()).isEqualTo(REGISTERED);
    }

    @Test
    void aReplaceThatNeverArrivedIsMadeAgain() {
        var version = insert();
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetBefore());
        assertThat(store.replace(A, REGISTERED, version)).isEqualTo(new Written(found().version()));
    }

    @Test
    void aDeleteThatNeverArrivedIsMadeAgain() {
        var version = insert();
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetBefore());
        assertThat(store.delete(A, version)).isEqualTo(new Written(version));
    }

    @Test
    void aDeleteWhoseAnswerIsLostIsNotSaidToBeOurs() {
        var version = insert();
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetAfter());
        assertThat(unavailable(() -> store.delete(A, version)).outcomeUnknown()).isTrue();
        assertThat(store.find(A)).isEmpty();
    }

    @Test
    void anInsertInDoubtWhereAnothersDocumentStandsIsUnknown() {
        insert();
        proxy.troubleOnce(Request::isWrite, new Trouble.ResetBefore());
        assertThat(unavailable(() -> store.insert(A, REGISTERED)).outcomeUnknown())
                .isTrue();
        assertThat(found().body()).isEqualTo(TOLD);
    }

    @Test
    void aWriteInDoubtThatCannotBeLookedAfterIsUnknown() {
        proxy.trouble(request -> request.isWrite() ? new Trouble.ResetAfter() : Trouble.Answer.of(503));
        assertThat(unavailable(() -> store.insert(A, TOLD)).outcomeUnknown()).isTrue();
        proxy.trouble(_ -> new Trouble.None());
        assertThat(found().body()).isEqualTo(TOLD);
    }

    @Test
    void aWriteInDoubtStaysSoWhenThenTheStoreIsOverloaded() {
        proxy.trouble(request ->
                request.isWrite() ? new Trouble.ResetAfter() : Trouble.Answer.throttled(Duration.ofSeconds(7)));
        var unknown = unavailable(() -> store.insert(A, TOLD));
        assertThat(unknown.outcomeUnknown()).isTrue();
        assertThat(unknown.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503})
    void aWriteThatFailedAtTheServerIsLookedAfter(int status) {
        proxy.troubleOnce(Request::isWrite, Trouble.Answer.of(status));
        assertThat(store.insert(A, TOLD)).isEqualTo(new Written(found().version()));
    }

    @Test
    void readsAreRepeated() {
        insert();
        proxy.troubleOnce(_ -> true, new Trouble.ResetAfter());
        assertThat(store.find(A)).isPresent();
        proxy.troubleOnce(_ -> true, new Trouble.ResetBefore());
        assertThat(store.scan(DEVICES, "tenant", PageRequest.first(1)).documents())
                .hasSize(1);
        proxy.troubleOnce(_ -> true, new Trouble.ResetBefore());
        assertThat(store.scan(DEVICES, "state", "told", PageRequest.first(1)).documents())
                .hasSize(1);
    }

    @Test
    void aReadThatFailsLeavesNothingInDoubt() {
        proxy.trouble(_ -> new Trouble.ResetBefore());
        assertThat(unavailable(() -> store.find(A)).outcomeUnknown()).isFalse();
    }

    @Test
    void aWriteThatTakesTooLongIsInDoubt() {
        store.close();
        store = open(with(Duration.ofMillis(300), 100));
        proxy.trouble(_ -> new Trouble.Delay(Duration.ofSeconds(1)));
        assertThat(unavailable(() -> store.insert(A, TOLD)).outcomeUnknown()).isTrue();
    }

    @Test
    void moreRequestsThanMayWaitAreRefusedAtOnce() {
        proxy.trouble(_ -> new Trouble.Delay(Duration.ofSeconds(2)));
        var places = HASTY.requestsInFlightMax() + HASTY.requestsWaitingMax();
        for (var i = 0; i < places; i++) {
            Thread.ofVirtual().start(() -> store.find(A));
        }
        var refused = new CompletableFuture<StoreUnavailableException>();
        while (!refused.isDone()) {
            Thread.ofVirtual().start(() -> refuse(refused));
            Thread.onSpinWait();
        }
        assertThat(refused.join()).hasMessageContaining("too many requests");
        assertThat(refused.join().outcomeUnknown()).isFalse();
    }

    private void refuse(CompletableFuture<StoreUnavailableException> refused) {
        try {
            store.find(A);
        } catch (StoreUnavailableException e) {
            refused.complete(e);
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsSuspendedAndComesBackByItself() {
        store.close();
        store = open(with(Duration.ofSeconds(10), 4));
        proxy.trouble(_ -> new Trouble.ResetBefore());
        while (told.suspended == null) {
            unavailable(() -> store.find(A));
        }
        var spared = unavailable(() -> store.insert(A, TOLD));
        assertThat(spared.outcomeUnknown()).isFalse();
        assertThat(spared.retryAfter()).isPositive();
        proxy.trouble(_ -> new Trouble.None());
        while (told.suspended != null) {
            look();
        }
        assertThat(store.insert(A, TOLD)).isInstanceOf(Written.class);
    }

    private void look() {
        try {
            store.time(DEVICES).read();
        } catch (StoreUnavailableException notYet) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anOverloadedStoreIsNotSuspended() {
        proxy.trouble(_ -> Trouble.Answer.throttled(Duration.ofSeconds(7)));
        for (var i = 0; i < HASTY.breakAfter() + 1; i++) {
            unavailable(() -> store.find(A));
        }
        assertThat(told.suspended).isNull();
    }

    @Test
    void everyRequestSaysWhatItCost() {
        var version = insert();
        store.replace(A, REGISTERED, version);
        assertThat(store.insert(A, TOLD)).isEqualTo(new Conflict());
        store.find(A);
        store.scan(DEVICES, "tenant", PageRequest.first(1));
        assertThat(told.charges)
                .containsEntry(Operation.INSERT, 2.0)
                .containsEntry(Operation.REPLACE, 1.0)
                .containsEntry(Operation.FIND, 1.0)
                .containsKey(Operation.SCAN_PARTITION);
    }

    private static CosmosLimits with(Duration requestTimeMax, int breakAfter) {
        return new CosmosLimits(
                requestTimeMax,
                THROTTLE_WAIT,
                HASTY.answerWaitMax(),
                HASTY.retriesMax(),
                HASTY.retryDelay(),
                HASTY.requestsInFlightMax(),
                HASTY.requestsWaitingMax(),
                breakAfter,
                Duration.ofMillis(100),
                HASTY.bulkInFlightMax());
    }

    private String insert() {
        return ((Written) store.insert(A, TOLD)).version();
    }

    private Document found() {
        return store.find(A).orElseThrow();
    }

    private static StoreUnavailableException unavailable(Runnable call) {
        try {
            call.run();
        } catch (StoreUnavailableException e) {
            return e;
        }
        return fail("the store was available");
    }
}
