package dev.berth.scheduling;

/** A place in a queue; lower numbers go first. */
public record Ticket(QueueKey queue, long number) {}
