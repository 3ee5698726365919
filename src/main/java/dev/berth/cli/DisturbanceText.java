package dev.berth.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A disturbance as a user writes it: {@code kind[:value]@at[/lasts]}.
 *
 * @param value of those kinds that take one
 * @param lasts null: a minute, or for good if the kind is of that sort
 */
record DisturbanceText(
        Kind kind,
        @Nullable String value,
        Duration at,
        @Nullable Duration lasts) {
    static final String FORM = "KIND[:VALUE]@AT[/LASTS]";

    /** Nothing of this is about the distant future, and a simulation has to end. */
    static final Duration TIME_MAX = Duration.ofDays(7);

    private static final Pattern PATTERN = Pattern.compile("([a-z]+)(?::([^@]+))?@([^/]+)(?:/(.+))?");

    /** What can happen. */
    enum Kind {
        CRASH,
        PAUSE,
        CUT,
        CLOCK,
        OUTAGE,
        LIMIT,
        JOIN,
        DRAIN;

        boolean takesValue() {
            return this == CLOCK || this == LIMIT;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Duration lastsOr(Duration other) {
        return lasts == null ? other : lasts;
    }

    /** Reads what a user wrote. */
    static final class Converter implements ITypeConverter<DisturbanceText> {
        private final DurationConverter durations = new DurationConverter();

        @Override
        public DisturbanceText convert(String text) {
            Matcher matcher = PATTERN.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "a disturbance is written as %s, for example pause@10m/1m, not as %s".formatted(FORM, text));
            }
            Kind kind = kind(matcher.group(1));
            String value = matcher.group(2);
            String lasts = matcher.group(4);
            require(value == null || kind.takesValue(), kind + " takes no value");
            require(value != null || kind != Kind.LIMIT, "a limit needs a value: limit:500@10m/1m");
            require(lasts == null || kind != Kind.JOIN, "an instance that joins stays");
            return new DisturbanceText(kind, value, time(matcher.group(3)), lasts == null ? null : time(lasts));
        }

        private Duration time(String text) {
            Duration time = durations.convert(text);
            require(
                    time.compareTo(TIME_MAX) <= 0,
                    "a disturbance begins and lasts at most " + TIME_MAX.toDays() + " days");
            return time;
        }

        private static Kind kind(String text) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("a disturbance is one of %s, not %s"
                            .formatted(
                                    Arrays.stream(Kind.values())
                                            .map(Kind::toString)
                                            .collect(Collectors.joining(", ")),
                                    text)));
        }

        private static void require(boolean condition, String sentence) {
            if (!condition) {
                throw new TypeConversionException(sentence);
            }
        }
    }
}
