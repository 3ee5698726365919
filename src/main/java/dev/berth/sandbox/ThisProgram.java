package dev.berth.sandbox;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What runs this very program again, as it was started itself: as a jar, or as a native executable. */
public final class ThisProgram {
    /** Set in a native executable only. */
    private static final String NATIVE = "org.graalvm.nativeimage.imagecode";

    private ThisProgram() {}

    /** The command up to the verb, with these system properties and those that it was given. */
    public static List<String> command(String... properties) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        for (String property : properties) {
            command.add("-D" + property);
        }
        if (!isNative()) {
            command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        }
        return command;
    }

    /** Whether it is an executable of its own, and no JVM is there. */
    public static boolean isNative() {
        return System.getProperty(NATIVE) != null;
    }
}
