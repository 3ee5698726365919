package dev.berth.app;

import io.quarkus.runtime.ImageMode;
import org.graalvm.nativeimage.RuntimeOptions;

/** The Java heap of a native executable. */
final class ExecutableHeap {
    /** Of the executable's own options; 0 leaves it to the executable. */
    private static final String FREE_BYTES_MAX = "MaxHeapFree";

    private static final long NOTHING_TO_SPEAK_OF = 1 << 20;

    private ExecutableHeap() {}

    /**
     * Gives what the start needed back to the machine: half of the heap, which an executable would keep until it had filled the rest of it. Later
     * it may keep again what it has freed. Does nothing on the JVM.
     */
    static void forgetStart() {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            RuntimeOptions.set(FREE_BYTES_MAX, NOTHING_TO_SPEAK_OF);
            System.gc();
            RuntimeOptions.set(FREE_BYTES_MAX, 0L);
        }
    }
}
