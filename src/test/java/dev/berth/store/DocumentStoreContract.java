package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every document store promises to one caller. A store's test is an empty subclass that opens a fresh one. */
public abstract class DocumentStoreContract {
    protected static final Collection DEVICES = Collection.of("devices", "state", "hub");
    protected static final Collection LEDGERS = Collection.of("ledgers");

    private DocumentStore store;

    protected abstract DocumentStore open() throws Exception;

    /** What counts as many; fewer where each row is a request over a line that fails. */
    protected int manyRows() {
        return 12_345;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    protected void findsWhatWasInserted() {
        var version = written(store.insert(device("a"), json("told")));
        assertThat(store.find(device("a"))).hasValueSatisfying(found -> {
            assertThat(found.key()).isEqualTo(device("a"));
            assertThat(found.body()).isEqualTo(json("told"));
            assertThat(found.version()).isEqualTo(version);
        });
    }

    @Test
    protected void findsNothingWhereNothingIs() {
        assertThat(store.find(device("a"))).isEmpty();
    }

    @Test
    protected void insertNeverReplaces() {
        store.insert(device("a"), json("told"));
        assertThat(store.insert(device("a"), json("failed"))).isEqualTo(new Conflict());
        assertThat(body(device("a"))).isEqualTo(json("told"));
    }

    @Test
    protected void replacesTheExpectedVersionOnly() {
        var first = written(store.insert(device("a"), json("told")));
        var second = written(store.replace(device("a"), json("registered"), first));
        assertThat(second).isNotEqualTo(first);
        assertThat(store.replace(device("a"), json("failed"), first)).isEqualTo(new Conflict());
        assertThat(body(device("a"))).isEqualTo(json("registered"));
    }

    @Test
    protected void aSameBodyIsANewVersionAllTheSame() {
        var first = written(store.insert(device("a"), json("told")));
        assertThat(written(store.replace(device("a"), json("told"), first))).isNotEqualTo(first);
    }

    @Test
    protected void replaceAndDeleteOfNothingAreConflicts() {
        assertThat(store.replace(device("a"), json("told"), "1")).isEqualTo(new Conflict());
        assertThat(store.delete(device("a"), "1")).isEqualTo(new Conflict());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no version", "99999999999999999999999", "-1", "ä"})
    protected void aVersionThatNoWriteGaveIsAConflict(String version) {
        store.insert(device("a"), json("told"));
        assertThat(store.replace(device("a"), json("failed"), version)).isEqualTo(new Conflict());
        assertThat(store.delete(device("a"), version)).isEqualTo(new Conflict());
    }

    @Test
    protected void deletesTheExpectedVersionOnly() {
        var first = written(store.insert(device("a"), json("told")));
        var second = written(store.replace(device("a"), json("registered"), first));
        assertThat(store.delete(device("a"), first)).isEqualTo(new Conflict());
        assertThat(store.delete(device("a"), second)).isEqualTo(new Written(second));
        assertThat(store.find(device("a"))).isEmpty();
        assertThat(ids(DEVICES, "state", "registered")).isEmpty();
    }

    @Test
    protected void aReinsertedDocumentNeverGetsAnOldVersion() {
        var versions = new HashSet<String>();
        for (var i = 0; i < 20; i++) {
            var version = written(store.insert(device("a"), json("told")));
            assertThat(versions.add(version)).isTrue();
            store.delete(device("a"), version);
        }
    }

    @Test
    protected void keepsItsOwnCopyOfABody() {
        var body = json("told");
        store.insert(device("a"), body);
        body[0] = 'x';
        store.find(device("a")).orElseThrow().body()[0] = 'y';
        assertThat(body(device("a"))).isEqualTo(json("told"));
    }

    @Test
    protected void collectionsAndPartitionsAreApart() {
        store.insert(device("a"), json("told"));
        assertThat(written(store.insert(new Key(DEVICES, "other", "a"), json("failed"))))
                .isNotNull();
        assertThat(written(store.insert(new Key(LEDGERS, "tenant", "a"), json("ledger"))))
                .isNotNull();
        assertThat(body(device("a"))).isEqualTo(json("told"));
    }

    @Test
    protected void scansAPartitionInTheOrderOfItsIds() {
        List.of("b", "a", "c", "B", "ab").forEach(id -> store.insert(device(id), json("told")));
        assertThat(ids(DEVICES, "tenant")).containsExactly("B", "a", "ab", "b", "c");
    }

    @Test
    protected void aPartitionIsNotItsPrefix() {
        store.insert(new Key(DEVICES, "a", "b1"), json("told"));
        store.insert(new Key(DEVICES, "ab", "1"), json("told"));
        store.insert(new Key(DEVICES, "a b", "1"), json("told"));
        store.insert(new Key(Collection.of("devices-old"), "a", "2"), json("told"));
        assertThat(ids(DEVICES, "a")).containsExactly("b1");
        assertThat(ids(DEVICES, "ab")).containsExactly("1");
        assertThat(ids(DEVICES, "b")).isEmpty();
    }

    @Test
    protected void namesOfAllLanguagesAreNamesOrderedByTheirCharacters() {
        var names = List.of("z", "ä", "中", "\uFFFD", "😀", "e\u0301");
        names.forEach(name -> store.insert(new Key(DEVICES, "ü/" + name, name), json(name)));
        names.forEach(name -> store.insert(device(name), json("told")));
        assertThat(ids(DEVICES, "tenant")).containsExactly("e\u0301", "z", "ä", "中", "\uFFFD", "😀");
        assertThat(names).allSatisfy(name -> {
            assertThat(ids(DEVICES, "ü/" + name)).containsExactly(name);
            assertThat(ids(DEVICES, "state", name)).containsExactly(name);
        });
    }

    @Test
    protected void findsByAnIndexedField() {
        store.insert(device("a"), json("told"));
        store.insert(new Key(DEVICES, "other", "b"), json("told"));
        store.insert(device("c"), json("failed"));
        assertThat(ids(DEVICES, "state", "told")).containsExactly("b", "a");
        assertThat(ids(DEVICES, "state", "failed")).containsExactly("c");
        assertThat(ids(DEVICES, "state", "tol")).isEmpty();
        assertThat(ids(DEVICES, "hub", "told")).isEmpty();
    }

    @Test
    protected void theIndexFollowsTheDocument() {
        var version = written(store.insert(device("a"), bytes("{\"state\":\"told\",\"hub\":\"one\"}")));
        store.replace(device("a"), bytes("{\"state\":\"registered\",\"hub\":\"one\"}"), version);
        assertThat(ids(DEVICES, "state", "told")).isEmpty();
        assertThat(ids(DEVICES, "state", "registered")).containsExactly("a");
        assertThat(ids(DEVICES, "hub", "one")).containsExactly("a");
    }

    @Test
    protected void aDocumentWithoutTheFieldIsNotInTheIndex() {
        List.of("{}", "{\"state\":null}", "{\"state\":1}", "{\"state\":[\"told\"]}", "{\"in\":{\"state\":\"told\"}}")
                .forEach(body -> store.insert(device("x" + body.hashCode()), bytes(body)));
        store.insert(device("a"), bytes("{\"in\":{\"state\":\"no\"},\"state\":\"told\"}"));
        assertThat(ids(DEVICES, "state", "told")).containsExactly("a");
        assertThat(ids(DEVICES, "state", "null")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000b", "a\\u0001\\u0000", "\\u0001\\u0001", " ", "\\uD83D\\uDE00"})
    protected void anyTextIsAnIndexedValue(String escaped) {
        store.insert(device("a"), bytes("{\"state\":\"" + escaped + "\"}"));
        store.insert(device("b"), bytes("{\"state\":\"" + escaped + "b\"}"));
        assertThat(ids(DEVICES, "state", unescaped(escaped))).containsExactly("a");
    }

    @Test
    protected void pagesEndWithoutACursor() {
        insertDevices(10);
        var first = store.scan(DEVICES, "tenant", PageRequest.first(5));
        var second = store.scan(DEVICES, "tenant", new PageRequest(5, first.cursor()));
        assertThat(first.documents()).hasSize(5);
        assertThat(second.documents()).hasSize(5);
        assertThat(second.cursor()).isNull();
        assertThat(store.scan(DEVICES, "nobody", PageRequest.first(5)).cursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 25, 26, 1000})
    protected void pagesOfAnySizeHoldEveryDocumentOnce(int limit) {
        insertDevices(25);
        var expected =
                IntStream.range(0, 25).mapToObj(DocumentStoreContract::id).toList();
        assertThat(pagesOfPartition(limit)).isEqualTo(expected);
        assertThat(pagesOfIndex(limit)).isEqualTo(expected);
    }

    @Test
    protected void pagingGoesOnWhenTheLastDocumentSeenIsGone() {
        insertDevices(6);
        var first = store.scan(DEVICES, "state", "told", PageRequest.first(3));
        var last = first.documents().getLast();
        store.delete(last.key(), last.version());
        assertThat(store.scan(DEVICES, "state", "told", new PageRequest(3, first.cursor()))
                        .documents())
                .extracting(document -> document.key().id())
                .containsExactly(id(3), id(4), id(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 25, 26, 1000})
    protected void pagesOfACollectionHoldEveryDocumentOfAllPartitionsOnce(int limit) {
        IntStream.range(0, 25)
                .forEach(i -> store.insert(new Key(DEVICES, i % 3 == 0 ? "tenant" : "alone" + i, id(i)), json("told")));
        store.insert(new Key(LEDGERS, "tenant", "ledger"), json("told"));
        store.insert(new Key(Collection.of("devices-old"), "tenant", "old"), json("told"));
        assertThat(pages(request -> store.scan(DEVICES, request), limit))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 25)
                        .mapToObj(DocumentStoreContract::id)
                        .toList());
    }

    @Test
    protected void aCollectionIsReadWithKeysBodiesAndVersions() {
        var version = written(store.insert(new Key(DEVICES, "ü/中", "😀"), bytes("{ \"a\" : 1.50 }")));
        assertThat(store.scan(DEVICES, PageRequest.first(5)).documents())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.key()).isEqualTo(new Key(DEVICES, "ü/中", "😀"));
                    assertThat(found.body())
                            .isEqualTo(store.find(found.key()).orElseThrow().body());
                    assertThat(found.version()).isEqualTo(version);
                });
        assertThat(store.scan(LEDGERS, PageRequest.first(5))).isEqualTo(new Page(List.of(), null));
    }

    @Test
    protected void aDocumentThatStaysIsSeenOnceWhileOthersComeAndGo() {
        insertDevices(30);
        var seen = new ArrayList<String>();
        var page = store.scan(DEVICES, PageRequest.first(7));
        for (var round = 0; page.cursor() != null; round++) {
            seen.addAll(ids(page));
            store.insert(device("new" + round), json("told"));
            var last = page.documents().getLast();
            store.delete(last.key(), last.version());
            page = store.scan(DEVICES, new PageRequest(7, page.cursor()));
        }
        seen.addAll(ids(page));
        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.range(0, 30)
                        .mapToObj(DocumentStoreContract::id)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA", "ä"})
    protected void aCursorThatNobodyGaveIsRefused(String cursor) {
        insertDevices(3);
        refuses(() -> store.scan(DEVICES, "tenant", new PageRequest(1, cursor)));
        refuses(() -> store.scan(DEVICES, "state", "told", new PageRequest(1, cursor)));
        refuses(() -> store.scan(DEVICES, new PageRequest(1, cursor)));
    }

    @Test
    protected void aCursorOfAnotherListIsRefused() {
        insertDevices(3);
        store.insert(new Key(DEVICES, "tenan", "t0"), json("told"));
        var ofPartition = store.scan(DEVICES, "tenant", PageRequest.first(1)).cursor();
        var ofIndex = store.scan(DEVICES, "state", "told", PageRequest.first(1)).cursor();
        var ofCollection = store.scan(DEVICES, PageRequest.first(1)).cursor();
        refuses(() -> store.scan(DEVICES, new PageRequest(1, ofPartition)));
        refuses(() -> store.scan(DEVICES, new PageRequest(1, ofIndex)));
        refuses(() -> store.scan(LEDGERS, new PageRequest(1, ofCollection)));
        refuses(() -> store.scan(DEVICES, "tenant", new PageRequest(1, ofCollection)));
        refuses(() -> store.scan(DEVICES, "state", "told", new PageRequest(1, ofCollection)));
        refuses(() -> store.scan(DEVICES, "tenan", new PageRequest(1, ofPartition)));
        refuses(() -> store.scan(LEDGERS, "tenant", new PageRequest(1, ofPartition)));
        refuses(() -> store.scan(DEVICES, "state", "told", new PageRequest(1, ofPartition)));
        refuses(() -> store.scan(DEVICES, "tenant", new PageRequest(1, ofIndex)));
        refuses(() -> store.scan(DEVICES, "state", "tol", new PageRequest(1, ofIndex)));
        refuses(() -> store.scan(DEVICES, "hub", "told", new PageRequest(1, ofIndex)));
    }

    @Test
    protected void aBulkInsertJudgesEachDocumentForItself() {
        store.insert(device("b"), json("registered"));
        var results = store.insertAll(DEVICES, List.of(row("a"), row("b"), row("a"), row("c")));
        assertThat(results)
                .extracting(Object::getClass)
                .map(Class::getSimpleName)
                .containsExactly("Written", "Conflict", "Conflict", "Written");
        assertThat(store.find(device("a")).orElseThrow().version()).isEqualTo(written(results.getFirst()));
        assertThat(body(device("b"))).isEqualTo(json("registered"));
        assertThat(ids(DEVICES, "state", "told")).containsExactly("a", "c");
    }

    @Test
    protected void aBulkInsertMayBeEmptyOrLong() {
        assertThat(store.insertAll(DEVICES, List.of())).isEmpty();
        var rows = IntStream.range(0, manyRows()).mapToObj(i -> row(id(i))).toList();
        assertThat(store.insertAll(DEVICES, rows)).hasSize(manyRows()).allMatch(Written.class::isInstance);
        assertThat(store.insertAll(DEVICES, rows)).hasSize(manyRows()).allMatch(Conflict.class::isInstance);
        assertThat(pagesOfPartition(1000)).hasSize(manyRows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}{}",
                "{\"a\"}",
                "{\"state\":\"a\",\"state\":\"b\"}",
                "{\"state\":\"\\ud800\"}"
            })
    protected void aBodyIsOneJsonObject(String body) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.insert(device("a"), bytes(body)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.replace(device("a"), bytes(body), "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.insertAll(DEVICES, List.of(new NewDocument("tenant", "a", bytes(body)))));
        assertThat(store.find(device("a"))).isEmpty();
    }

    @Test
    protected void bodiesAndIndexedValuesHaveALimit() {
        var frame = "{\"x\":\"\"}".length();
        store.insert(device("a"), bytes("{\"x\":\"" + "y".repeat(Document.BODY_BYTES_MAX - frame) + "\"}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.insert(
                        device("b"), bytes("{\"x\":\"" + "y".repeat(Document.BODY_BYTES_MAX - frame + 1) + "\"}")));
        store.insert(device("c"), json("s".repeat(Collection.INDEXED_VALUE_LENGTH_MAX)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.insert(device("d"), json("s".repeat(Collection.INDEXED_VALUE_LENGTH_MAX + 1))));
    }

    /** What regions are merged by is for stores that have some; to whoever reads, a body is what was written. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"generation\":7}", "{}", "{\"generation\":\"7\",\"id\":\"b\"}"})
    protected void aBodyOfACollectionThatIsMergedByAFieldComesBackAsItWas(String body) {
        var key = new Key(Collection.of("merged").mergedBy("generation"), "tenant", "a");
        store.insert(key, bytes(body));
        assertThat(store.find(key).orElseThrow().body()).isEqualTo(bytes(body));
    }

    @Test
    protected void longestNamesWork() {
        var name = "ü".repeat(Key.LENGTH_MAX);
        store.insert(new Key(DEVICES, name, name), json("told"));
        assertThat(ids(DEVICES, name)).containsExactly(name);
        assertThat(ids(DEVICES, "state", "told")).containsExactly(name);
    }

    @Test
    protected void aFieldThatIsNotIndexedCannotBeAskedFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.scan(DEVICES, "owner", "x", PageRequest.first(1)));
    }

    @Test
    protected void aClosedStoreIsUnavailable() {
        store.insert(device("a"), json("told"));
        store.close();
        store.close();
        unavailable(() -> store.find(device("a")));
        unavailable(() -> store.insert(device("b"), json("told")));
        unavailable(() -> store.insertAll(DEVICES, List.of(row("c"))));
        unavailable(() -> store.scan(DEVICES, "tenant", PageRequest.first(1)));
        unavailable(() -> store.scan(DEVICES, "state", "told", PageRequest.first(1)));
        unavailable(() -> store.scan(DEVICES, PageRequest.first(1)));
    }

    protected final DocumentStore store() {
        return store;
    }

    protected static Key device(String id) {
        return new Key(DEVICES, "tenant", id);
    }

    protected static byte[] json(String state) {
        return bytes("{\"state\":\"" + state + "\"}");
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    protected static String written(WriteResult result) {
        assertThat(result).isInstanceOf(Written.class);
        return ((Written) result).version();
    }

    protected static String id(int number) {
        return "d%05d".formatted(number);
    }

    private static NewDocument row(String id) {
        return new NewDocument("tenant", id, json("told"));
    }

    private static String unescaped(String escaped) {
        return escaped.replace("\\u0000", "\0").replace("\\u0001", "\1").replace("\\uD83D\\uDE00", "😀");
    }

    private void insertDevices(int count) {
        IntStream.range(0, count).forEach(i -> store.insert(device(id(i)), json("told")));
    }

    private byte[] body(Key key) {
        return store.find(key).orElseThrow().body();
    }

    private List<String> ids(Collection collection, String partition) {
        return ids(store.scan(collection, partition, PageRequest.first(100)));
    }

    private List<String> ids(Collection collection, String field, String value) {
        return ids(store.scan(collection, field, value, PageRequest.first(100)));
    }

    private static List<String> ids(Page page) {
        return page.documents().stream().map(document -> document.key().id()).toList();
    }

    private List<String> pagesOfPartition(int limit) {
        return pages(request -> store.scan(DEVICES, "tenant", request), limit);
    }

    private List<String> pagesOfIndex(int limit) {
        return pages(request -> store.scan(DEVICES, "state", "told", request), limit);
    }

    protected static List<String> pages(java.util.function.Function<PageRequest, Page> scan, int limit) {
        var found = new ArrayList<String>();
        var page = scan.apply(PageRequest.first(limit));
        found.addAll(ids(page));
        while (page.cursor() != null) {
            page = scan.apply(new PageRequest(limit, page.cursor()));
            assertThat(page.documents()).as("a cursor promises more").isNotEmpty();
            found.addAll(ids(page));
        }
        return found;
    }

    private static void refuses(Runnable scan) {
        assertThatExceptionOfType(InvalidCursorException.class).isThrownBy(scan::run);
    }

    private static void unavailable(Runnable call) {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(call::run)
                .satisfies(failure -> assertThat(failure.outcomeUnknown()).isFalse());
    }
}
