package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SandboxPlanTest {
    @Test
    void replicasShareAStore() {
        assertThatCode(() -> new SandboxPlan(3, 1_000, SandboxStore.COSMOS, 3)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxPlan(3, 1_000, SandboxStore.EMBEDDED, 2))
                .withMessageContaining("--store cosmos");
    }

    @Test
    void replicasHaveALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SandboxPlan(3, 1_000, SandboxStore.COSMOS, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> new SandboxPlan(3, 1_000, SandboxStore.COSMOS, 0));
    }
}
