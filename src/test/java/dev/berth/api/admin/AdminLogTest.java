package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AdminProfile.class)
class AdminLogTest {
    private static final Logger ACCESS = Logger.getLogger("dev.berth.access");

    private final List<Map<String, String>> lines = new CopyOnWriteArrayList<>();
    private final ExtHandler recorder = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord entry) {
            if (entry.getMdcCopy().containsKey("problem")) {
                lines.add(entry.getMdcCopy());
            }
        }
    };

    @BeforeEach
    void listen() {
        recorder.setLevel(Level.ALL);
        ACCESS.addHandler(recorder);
    }

    @AfterEach
    void listenNoMore() {
        ACCESS.removeHandler(recorder);
    }

    /** Refusals are logged up to a rate that other tests may have used up just now, so it is refused until that is over. */
    @Test
    void aRefusalSaysWhoWasRefusedWhatAndWhy() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (lines.isEmpty() && System.nanoTime() < deadline) {
            AdminClient.as(TestPki.PLATFORM_ADMIN)
                    .with("X-Request-Id", "order-8")
                    .get("getTenant", "/v1/tenants/nobody");
        }

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .containsEntry("requestId", "order-8")
                        .containsEntry("operation", "getTenant")
                        .containsEntry("tenant", "nobody")
                        .containsEntry("problem", "not-found")
                        .containsKey("caller"));
    }

    @Test
    void aCallersNameIsOneShortLine() {
        assertThat(AdminLog.safe("a\nb\u0000c\u2028d")).isEqualTo("a?b?c?d");
        assertThat(AdminLog.safe("x".repeat(500))).hasSize(AdminLog.CALLER_LENGTH_MAX);
    }
}
