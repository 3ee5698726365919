package dev.berth.sandbox;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells how far something is: on one line that changes on a terminal, on a line now and then elsewhere. */
public final class Progress {
    private static final Duration ELSEWHERE_EVERY = Duration.ofSeconds(5);
    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final boolean terminal;
    private long toldAt = System.nanoTime();

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** For standard output as it is. There is no console where it goes into a file; Error Prone thinks of JDK 22 to 24. */
    @SuppressWarnings("SystemConsoleNull")
    public static Progress onConsole(PrintWriter out) {
        Console console = System.console();
        return new Progress(out, console != null && console.isTerminal());
    }

    void tell(String line) {
        if (terminal) {
            out.print("\r" + padded(line));
            out.flush();
        } else if (System.nanoTime() - toldAt > ELSEWHERE_EVERY.toNanos()) {
            toldAt = System.nanoTime();
            out.println(line);
        }
    }

    /** The last line about this; it stays. */
    void end(String line) {
        out.println(terminal ? "\r" + padded(line) : line);
        toldAt = System.nanoTime();
    }

    private static String padded(String line) {
        return line.length() >= WIDTH ? line.substring(0, WIDTH) : line + " ".repeat(WIDTH - line.length());
    }
}
