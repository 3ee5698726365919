package dev.berth.emulator.proxy;

import java.nio.charset.StandardCharsets;

/** Why the proxy does not open a tunnel. */
enum Refusal {
    MALFORMED(400, "Bad Request", "This is not a CONNECT request of HTTP/1.1: CONNECT host:port HTTP/1.1"),
    OTHER_HOST(403, "Forbidden", "This proxy leads to the DPS emulator only: *.azure-devices-provisioning.net"),
    OTHER_PORT(403, "Forbidden", "This proxy leads to ports 443 (HTTPS and WebSocket) and 8883 (MQTT) only"),
    OTHER_METHOD(405, "Method Not Allowed", "This proxy opens tunnels only: use CONNECT, and https:// addresses"),
    HEAD_TOO_SLOW(408, "Request Timeout", "The request did not arrive in time"),
    HEAD_TOO_LARGE(431, "Request Header Fields Too Large", "The request is longer than this proxy reads"),
    UNREACHABLE(502, "Bad Gateway", "The emulator does not answer"),
    TOO_MANY(503, "Service Unavailable", "As many tunnels are open as this proxy allows");

    private final int status;
    private final String phrase;
    private final String reason;

    Refusal(int status, String phrase, String reason) {
        this.status = status;
        this.phrase = phrase;
        this.reason = reason;
    }

    byte[] answer() {
        var allow = this == OTHER_METHOD ? "Allow: CONNECT\r\n" : "";
        var head = "HTTP/1.1 " + status + ' ' + phrase + "\r\n" + allow + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + (reason.length() + 1) + "\r\nConnection: close\r\n\r\n";
        return (head + reason + '\n').getBytes(StandardCharsets.US_ASCII);
    }
}
