package dev.berth.store.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Ticket;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.InvalidCursorException;
import dev.berth.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceDocumentsTest {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00.123456789Z");
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(TENANT, "dps-1");
    private static final Assignment ASSIGNMENT = new Assignment(INSTANCE, 3, NOW);
    private static final Choice CHOICE = new Choice(
            Instant.parse("2027-01-01T00:00:00.123Z"),
            Choice.Rule.EMPTIEST,
            60,
            59,
            Collections.nCopies(
                    Choice.CONTENDERS_MAX,
                    new Choice.Contender("n".repeat(63), 1_000_000_000, 1_000_000_000, 1_000, Duration.ofMinutes(10))));
    private static final Ticket TICKET = new Ticket(QueueKey.ofInstance(INSTANCE), 42);

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final DeviceDocuments devices = new DeviceDocuments(store);

    static Stream<DeviceState> everyState() {
        return Stream.of(
                new DeviceState.Waiting(TICKET),
                new DeviceState.Told(ASSIGNMENT),
                new DeviceState.Told(new Assignment(INSTANCE, 1, NOW, 7, CHOICE)),
                new DeviceState.Registered(ASSIGNMENT, "hub.example", "device"),
                new DeviceState.Registered(ASSIGNMENT, null, "device"),
                new DeviceState.Failed(ASSIGNMENT, 401002, "no enrollment: \"\u00fc\""),
                new DeviceState.Failed(ASSIGNMENT, null, null),
                new DeviceState.Requeued(ASSIGNMENT, TICKET));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void aDeviceIsReadAsItWasWritten(DeviceState state) {
        var device = device("device-1", state);
        devices.insert(device);
        assertThat(devices.find(TENANT, device.registrationId()).map(Versioned::value))
                .contains(device);
    }

    /** A document is written for every first boot, and read for every ask: why it is this instance adds little to it. */
    @Test
    void whyItIsThisInstanceIsSmall() {
        var bare = device("device-1", new DeviceState.Told(ASSIGNMENT));
        var explained = device("device-1", new DeviceState.Told(new Assignment(INSTANCE, 3, NOW, 0, CHOICE)));

        assertThat(DeviceCodec.FORMAT.write(explained).length - DeviceCodec.FORMAT.write(bare).length)
                .isLessThan(400);
    }

    @Test
    void aDeviceIsInsertedOnce() {
        var device = device("device-1", new DeviceState.Told(ASSIGNMENT));
        assertThat(devices.insert(device)).isPresent();
        assertThat(devices.insert(device)).isEmpty();
    }

    @Test
    void aDeviceIsReplacedByVersion() {
        var device = device("device-1", new DeviceState.Told(ASSIGNMENT));
        String version = devices.insert(device).orElseThrow();
        assertThat(devices.replace(device, version)).isPresent();
        assertThat(devices.replace(device, version)).isEmpty();
    }

    @Test
    void devicesAreFoundByOwnerStateAndInstance() {
        devices.insert(device("told", new DeviceState.Told(ASSIGNMENT)));
        devices.insert(device("waiting", new DeviceState.Waiting(TICKET)));
        assertThat(names(devices.byOwner(TENANT, 10, null).devices())).containsExactly("told", "waiting");
        assertThat(names(devices.byOwnerAndState(TENANT, DeviceState.Kind.WAITING, 10, null)
                        .devices()))
                .containsExactly("waiting");
        assertThat(names(devices.byInstance(INSTANCE, 10, null).devices())).containsExactly("told");
        assertThat(devices.anyAt(INSTANCE)).isTrue();
        assertThat(devices.anyAt(new DpsInstanceId(TENANT, "dps-2"))).isFalse();
    }

    @Test
    void listsContinueFromTheirCursor() {
        IntStream.range(0, 5).forEach(i -> devices.insert(device("device-" + i, new DeviceState.Told(ASSIGNMENT))));
        var page = devices.byOwner(TENANT, 3, null);
        var rest = devices.byOwner(TENANT, 3, page.cursor());
        assertThat(names(page.devices())).containsExactly("device-0", "device-1", "device-2");
        assertThat(names(rest.devices())).containsExactly("device-3", "device-4");
        assertThat(rest.cursor()).isNull();
        assertThatThrownBy(() -> devices.byInstance(INSTANCE, 3, page.cursor()))
                .isInstanceOf(InvalidCursorException.class);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadIsUnavailableAndNotOverwritten(String body) {
        var key = new Key(DeviceDocuments.DEVICES, "contoso/device-1", "device");
        store.insert(key, body.getBytes(UTF_8));
        assertThatThrownBy(() -> devices.find(TENANT, new RegistrationId("device-1")))
                .isInstanceOf(RepositoryUnavailableException.class);
        assertThat(devices.insert(device("device-1", new DeviceState.Told(ASSIGNMENT))))
                .isEmpty();
    }

    static Stream<String> unreadable() {
        return Stream.of("{}", "{\"format\":2}", "{\"format\":1}", "{\"format\":1,\"origin\":7}");
    }

    private static List<String> names(List<Versioned<Device>> found) {
        return found.stream()
                .map(versioned -> versioned.value().registrationId().value())
                .toList();
    }

    private static Device device(String name, DeviceState state) {
        return new Device(TENANT, TENANT, new RegistrationId(name), "serial-7", "factory", "aa", state, NOW, NOW, NOW);
    }
}
