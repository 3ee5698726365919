package dev.berth.emulator.instance;

import java.util.List;

/**
 * Requests of each of the last complete seconds, oldest first.
 *
 * @param accepted register requests that were let through
 * @param throttled requests answered 429 because of a quota
 */
public record SecondRates(List<Integer> accepted, List<Integer> throttled) {}
