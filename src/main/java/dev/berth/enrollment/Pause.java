package dev.berth.enrollment;

import java.time.Duration;

/** Lets time pass for the calling thread; an argument, so that tests need not wait for it. */
@FunctionalInterface
public interface Pause {
    void sleep(Duration duration) throws InterruptedException;
}
