package dev.berth.app;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Lines of a pattern, and after their message the keys of their request, if they have any. */
final class TextLogFormatter extends ExtFormatter {
    private final ExtFormatter plain;
    private final ExtFormatter withKeys;

    TextLogFormatter(String pattern) {
        plain = new PatternFormatter(pattern);
        withKeys = new PatternFormatter(pattern.replace("%s", "%s %X"));
    }

    @Override
    public String format(ExtLogRecord entry) {
        return (entry.getMdcCopy().isEmpty() ? plain : withKeys).format(entry);
    }
}
