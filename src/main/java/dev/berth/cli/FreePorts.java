package dev.berth.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the three listeners can have their addresses; asked before the service starts, to say in one line which cannot. */
final class FreePorts {
    /** The defaults are those of {@code BerthConfig}. */
    private static final List<Listener> LISTENERS = List.of(
            new Listener("berth.device", "0.0.0.0", 8443),
            new Listener("berth.admin", "127.0.0.1", 9443),
            new Listener("berth.management", "127.0.0.1", 9000));

    private FreePorts() {}

    /** One line for each listener whose address cannot be had. */
    static List<String> faults(Function<String, Optional<String>> setting) {
        return LISTENERS.stream().flatMap(listener -> listener.fault(setting)).toList();
    }

    private record Listener(String name, String host, int port) {
        Stream<String> fault(Function<String, Optional<String>> setting) {
            var wantedHost = setting.apply(name + ".host").orElse(host);
            var wantedPort = setting.apply(name + ".port").orElse(String.valueOf(port));
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(wantedHost, Integer.parseInt(wantedPort)));
                return Stream.of();
            } catch (IOException | IllegalArgumentException e) {
                return Stream.of(name + ".host and " + name + ".port: cannot listen at " + wantedHost + ":" + wantedPort
                        + " (" + e.getMessage() + ")");
            }
        }
    }
}
