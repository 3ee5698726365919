package dev.berth.inventory;

/**
 * One thing that is wrong with a value.
 *
 * @param pointer JSON Pointer of the member, for example {@code /limits/registrationsPerMinute}
 * @param detail what it must be
 */
public record Violation(String pointer, String detail) {}
