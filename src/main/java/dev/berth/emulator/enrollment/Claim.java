package dev.berth.emulator.enrollment;

/** Who a request says it comes from, and what it shows for it. Per request: devices of one gateway share a connection. */
public record Claim(String idScope, String registrationId, Evidence evidence) {}
