package dev.berth.emulator.fault;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** When an injected refusal says to come back, and how: not every client can read each form. */
public record RetryAfter(Form form, int seconds) {
    /** How {@code Retry-After} is written. */
    public enum Form {
        NONE,
        SECONDS,
        DATE
    }

    /** HTTP's date; the day has two digits, which {@code RFC_1123_DATE_TIME} does not see to. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The header's value, unless it is left out. */
    public Optional<String> header(Instant now) {
        return switch (form) {
            case NONE -> Optional.empty();
            case SECONDS -> Optional.of(Integer.toString(seconds));
            case DATE -> Optional.of(HTTP_DATE.format(now.plusSeconds(seconds)));
        };
    }
}
