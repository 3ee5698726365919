package dev.berth.emulator.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.enrollment.Credential;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pages of a group's records among those of others. */
class RegistrationPageTest {
    @Test
    void aPageLooksAtSoManyRecordsAndThenGoesOnInTheNext() {
        var records = Map.of("a", of("a", "few"), "b", of("b", "many"), "c", of("c", "many"), "d", of("d", "few"));
        var all = new TreeMap<>(records);
        var first = RegistrationPage.of(all, record -> "few".equals(record.enrollmentGroupId()), 10, 3);
        assertThat(first.items()).extracting(Registration::registrationId).containsExactly("a");
        assertThat(first.next()).contains("c");
        var second =
                RegistrationPage.of(all.tailMap("c", false), record -> "few".equals(record.enrollmentGroupId()), 10, 3);
        assertThat(second.items()).extracting(Registration::registrationId).containsExactly("d");
        assertThat(second.next()).isEmpty();
    }

    private static Registration of(String id, String group) {
        return new Registration(
                id,
                id,
                group,
                "hub",
                "hub",
                Substatus.INITIAL_ASSIGNMENT,
                Credential.Key.SYMMETRIC,
                0,
                null,
                null,
                Operation.begin(Instant.EPOCH, null));
    }
}
