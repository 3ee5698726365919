package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.loadtest.Boot.Doing;
import dev.berth.loadtest.Course.Event;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BootTest {
    private static final long SECOND = 1_000_000_000;
    private static final Answer TOLD = ok("""
            {"action": "register", "registrationId": "d", "idScope": "0ne1", "globalEndpoint": "localhost:4711",
             "registerAfterSeconds": 4.5, "registerWithinSeconds": 0.7, "generation": 1}""");
    private static final Answer ASSIGNED = ok("""
            {"status": "assigned", "registrationState": {"assignedHub": "hub", "deviceId": "d"}}""");

    private final Course course = new Course(new ConcurrentHashMap<>());

    @Test
    void sleepsRegistersAndReports() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(TOLD, 0);
        assertThat(boot.pause()).isEqualTo(Duration.ofMillis(4_500));
        boot.woke(5 * SECOND);
        assertThat(boot.registrationUrl()).isEqualTo("https://localhost:4711/0ne1/registrations/d");
        boot.answeredByDps(new Answer(202, "3", "{\"operationId\": \"o-1\"}", 1));
        assertThat(boot.pause()).isEqualTo(Duration.ofSeconds(3));
        assertThat(boot.operationUrl()).endsWith("/d/operations/o-1");
        boot.answeredByDps(ASSIGNED);
        assertThat(boot.report()).contains("assigned", "hub");
        boot.reported(new Answer(204, "", "", 1), 6 * SECOND);

        assertThat(boot.is(Doing.ENDED)).isTrue();
        assertThat(course.counted(Event.REPORTED)).isOne();
    }

    @Test
    void comesBackWhenItIsTold() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(new Answer(429, "7", "{}", 1), 0);

        assertThat(boot.is(Doing.ASKING)).isTrue();
        assertThat(boot.pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(course.counted(Answer.Kind.REFUSED)).isOne();
    }

    @Test
    void comesBackAfterAMomentWhenItIsToldNothing() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(new Answer(503, "", "", 1), 0);
        assertThat(boot.pause()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        boot.asked(Answer.NONE, 0);

        assertThat(boot.pause()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(course.counted(Answer.Kind.REFUSED_UNTOLD)).isOne();
        assertThat(course.counted(Answer.Kind.LOST)).isOne();
    }

    @Test
    void asksAgainWhenItHasOversleptItsSlot() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(TOLD, 0);
        boot.woke(5_300_000_000L);

        assertThat(boot.is(Doing.ASKING)).isTrue();
        assertThat(course.counted(Event.OVERSLEPT)).isOne();

        boot.asked(TOLD, 6 * SECOND);
        assertThat(course.counted(Event.TOLD)).as("once for each device").isOne();
    }

    @Test
    void registersNowhereButAtAnEmulator() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(ok(TOLD.body().replace("localhost:4711", "global.azure-devices-provisioning.net")), 0);
        boot.woke(5 * SECOND);

        assertThat(boot.isWithDps()).isFalse();
        assertThat(boot.is(Doing.REPORTING)).isTrue();
    }

    @Test
    void reportsWhatDpsRefused() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(TOLD, 0);
        boot.woke(5 * SECOND);
        boot.answeredByDps(new Answer(429, "10", "{}", 1));

        assertThat(boot.report()).contains("failed", "429");
        assertThat(course.counted(Event.THROTTLED_BY_DPS)).isOne();

        boot.reported(new Answer(204, "", "", 1), 6 * SECOND);
        assertThat(course.counted(Event.REPORTED)).isZero();
    }

    @Test
    void endsWhenItIsToldItsHub() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(ok("{\"action\": \"connect\", \"registrationId\": \"d\"}"), 0);

        assertThat(boot.is(Doing.ENDED)).isTrue();
        assertThat(course.counted(Event.TOLD_TO_CONNECT)).isOne();
    }

    @Test
    void endsAfterAnAnswerThatNoDeviceShouldGet() {
        var boot = boot(Behaviour.BOOTS);

        boot.asked(new Answer(403, "", "{\"type\": \"urn:berth:problem:device-blocked\"}", 1), 0);

        assertThat(boot.is(Doing.ENDED)).isTrue();
        assertThat(course.wrong()).containsExactly("403 urn:berth:problem:device-blocked");
    }

    @Test
    void insistsOnlyForAWhile() {
        var boot = boot(Behaviour.INSISTS);

        boot.asked(new Answer(429, "30", "{}", 1), SECOND);
        assertThat(boot.pause()).isLessThan(Duration.ofSeconds(1));
        boot.asked(Answer.NONE, 61 * SECOND);

        assertThat(boot.is(Doing.ENDED)).isTrue();
        assertThat(course.counted(Event.GAVE_UP)).isOne();
    }

    @Test
    void noticesAnotherInstanceThanBefore() {
        boot(Behaviour.ASKS).asked(TOLD, 0);
        boot(Behaviour.ASKS).asked(TOLD, 0);
        assertThat(course.counted(Event.TOLD_SOMETHING_ELSE)).isZero();

        boot(Behaviour.ASKS).asked(ok(TOLD.body().replace("0ne1", "0ne2")), 0);
        assertThat(course.counted(Event.TOLD_SOMETHING_ELSE)).isOne();
    }

    private Boot boot(Behaviour behaviour) {
        return new Boot(behaviour, course, new Random(1), 0);
    }

    private static Answer ok(String body) {
        return new Answer(200, "", body, 1);
    }
}
