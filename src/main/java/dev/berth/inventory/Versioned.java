package dev.berth.inventory;

/** A value as it was read, with the opaque version that a compare-and-swap expects. */
public record Versioned<T>(T value, String version) {}
