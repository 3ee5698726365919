package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What the whole process logs at {@code WARN} or above, which nobody outside may be able to cause; and what the listener tells. */
final class LogAlarms extends ExtHandler {
    private static final Logger ROOT = Logger.getLogger("");
    private static final ExtFormatter TEXT = new PatternFormatter("%p %s%e");

    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    LogAlarms() {
        setLevel(Level.INFO);
        ROOT.addHandler(this);
    }

    @Override
    protected void doPublish(ExtLogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARN.intValue()) {
            alarms.add(TEXT.format(entry));
        } else if (entry.getLoggerName().equals(DeviceListener.class.getName())) {
            told.add(TEXT.format(entry));
        }
    }

    /** What the listener said at {@code INFO}. */
    List<String> told() {
        return told;
    }

    /** The only alarm so far, which a test meant to cause. */
    String takeOnly() {
        assertThat(alarms).hasSize(1);
        return alarms.removeFirst();
    }

    void assertNone() {
        assertThat(alarms).isEmpty();
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
