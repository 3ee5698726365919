package dev.berth.dps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets with a trust of their own for some hosts, and the usual ones for all others. It has no sockets without a host: asked for one,
 * {@code HttpsURLConnection} connects a plain socket and has it wrapped, and then names the host.
 */
final class HostSocketFactory extends SSLSocketFactory {
    private final Predicate<String> covered;
    private final SSLSocketFactory own;
    private final SSLSocketFactory others;

    HostSocketFactory(Predicate<String> covered, SSLSocketFactory own, SSLSocketFactory others) {
        this.covered = covered;
        this.own = own;
        this.others = others;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return of(host).createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return of(host).createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return of(host).createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return others.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return others.createSocket(address, port, localAddress, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return others.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return others.getSupportedCipherSuites();
    }

    private SSLSocketFactory of(String host) {
        return covered.test(host) ? own : others;
    }
}
