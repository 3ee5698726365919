package dev.berth.emulator.fault;

/** A refusal that no instance has uttered. */
public record InjectedError(int status, int code, String message, RetryAfter retryAfter) {}
