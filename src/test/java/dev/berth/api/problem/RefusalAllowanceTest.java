package dev.berth.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class RefusalAllowanceTest {
    private final RefusalAllowance allowance = new RefusalAllowance(Logger.getLogger(RefusalAllowanceTest.class));

    @Test
    void coversSoManyRefusalsASecondAndNoMore() {
        assertThat(covered(0, 100)).isEqualTo(RefusalAllowance.PER_SECOND_MAX);
        assertThat(covered(TimeUnit.SECONDS.toNanos(1), 5)).isEqualTo(5);
    }

    private long covered(long nanos, int refusals) {
        return IntStream.range(0, refusals).filter(_ -> allowance.covers(nanos)).count();
    }
}
