package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.device.TlsEngine;
import dev.berth.app.BerthConfig.Tls.Engine;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TlsEngineSettingsTest {
    private static final Predicate<TlsEngine> EVERYWHERE = Set.of(TlsEngine.values())::contains;
    private static final Predicate<TlsEngine> WITHOUT_BORINGSSL = Set.of(TlsEngine.JDK)::contains;

    @Test
    void autoLeavesTheChoiceToTheListener() {
        assertThat(Settings.engine(Engine.AUTO, EVERYWHERE)).isEmpty();
        assertThat(Settings.engine(Engine.AUTO, WITHOUT_BORINGSSL)).isEmpty();
    }

    @Test
    void theEngineThatIsAskedForIsTaken() {
        assertThat(Settings.engine(Engine.BORINGSSL, EVERYWHERE)).hasValue(TlsEngine.BORINGSSL);
        assertThat(Settings.engine(Engine.JDK, EVERYWHERE)).hasValue(TlsEngine.JDK);
    }

    @Test
    void theJdksEngineRunsWhereBoringsslDoesNot() {
        assertThat(Settings.engine(Engine.JDK, WITHOUT_BORINGSSL)).hasValue(TlsEngine.JDK);
    }

    @Test
    void anEngineThatCannotRunHereEndsTheStartAndSaysWhatToSet() {
        assertThatThrownBy(() -> Settings.engine(Engine.BORINGSSL, WITHOUT_BORINGSSL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("berth.tls.engine:")
                .hasMessageContainingAll("BORINGSSL does not run here", "set berth.tls.engine to auto", "or to jdk");
    }
}
