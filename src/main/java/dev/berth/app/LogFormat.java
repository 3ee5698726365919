package dev.berth.app;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.logging.Handler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Makes the console speak JSON when {@code berth.log.format} says so; text is what {@code quarkus.log.console.format} says, with the keys of the
 * request behind the message.
 */
@Singleton
final class LogFormat {
    /** Before anybody who has something to say. */
    private static final int FIRST = 1;

    private final BerthConfig config;

    @Inject
    LogFormat(BerthConfig config) {
        this.config = config;
    }

    void install(@Observes @Priority(FIRST) StartupEvent event) {
        Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers()).forEach(this::format);
    }

    private void format(Handler handler) {
        if (config.log().format() == BerthConfig.Log.Format.JSON) {
            if (handler instanceof ConsoleHandler) {
                handler.setFormatter(new JsonLogFormatter());
            }
        } else if (handler.getFormatter() instanceof PatternFormatter text
                && !text.getPattern().contains("%X")) {
            handler.setFormatter(new TextLogFormatter(text.getPattern()));
        }
    }
}
