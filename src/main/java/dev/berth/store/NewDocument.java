package dev.berth.store;

/** One document of a bulk insert. */
public record NewDocument(String partition, String id, byte[] body) {}
