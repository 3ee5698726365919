package dev.berth.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 45m}, {@code 1h30m}, or as ISO 8601 has it. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        Duration duration = parse(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new TypeConversionException("a duration must be positive");
        }
        return duration;
    }

    private static Duration parse(String text) {
        try {
            return Duration.parse(text.startsWith("P") ? text : "PT" + text);
        } catch (DateTimeParseException wrong) {
            throw new TypeConversionException("a duration is written as 90s, 45m or 1h30m, not as " + text);
        }
    }
}
