package dev.berth.fence;

import java.util.function.Predicate;

/**
 * What a failure of a request means to its fence.
 *
 * @param worthRepeating whether it may soon be otherwise, and another try does no harm
 * @param showsAnOutage whether it says that the server is away, and not merely busy; that a request took too long always does
 */
public record FenceRules(Predicate<Throwable> worthRepeating, Predicate<Throwable> showsAnOutage) {}
