package dev.berth.scheduling;

/** A place in a pool's queue; lower numbers go first. */
public record Ticket(PoolKey pool, long number) {}
