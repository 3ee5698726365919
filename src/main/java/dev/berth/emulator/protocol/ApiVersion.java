package dev.berth.emulator.protocol;

import java.util.Locale;

/** One api-version as a request names it, and what it can say. Previews count as of their date. */
public record ApiVersion(String text) {
    public static final ApiVersion NEWEST = new ApiVersion("2026-11-02-preview");

    private static final int DATE_LENGTH = "2026-11-02".length();

    public static ApiVersion of(String text) {
        return new ApiVersion(text.toLowerCase(Locale.ROOT));
    }

    /** Before that a device stayed where it was, unless its enrollment said otherwise. */
    public boolean reprovisions() {
        return since("2018-09-01");
    }

    /** Whether a device is told the payload of its webhook. */
    public boolean hasPayload() {
        return since("2019-03-31");
    }

    /** Whether a device may ask for a certificate. */
    public boolean issuesCertificates() {
        return since("2025-07-01");
    }

    private boolean since(String date) {
        return text.length() >= DATE_LENGTH && text.substring(0, DATE_LENGTH).compareTo(date) >= 0;
    }
}
