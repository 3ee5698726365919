package dev.berth.dps;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends HTTPS to some hosts through a proxy, and asks whoever was there before about all others. */
final class HostProxySelector extends ProxySelector {
    private final Predicate<String> covered;
    private final List<Proxy> proxies;
    private final @Nullable ProxySelector others;

    HostProxySelector(Predicate<String> covered, List<Proxy> proxies, @Nullable ProxySelector others) {
        this.covered = covered;
        this.proxies = proxies;
        this.others = others;
    }

    @Override
    public List<Proxy> select(URI uri) {
        if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && covered.test(uri.getHost())) {
            return proxies;
        }
        return others == null ? List.of(Proxy.NO_PROXY) : others.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        if (others != null) {
            others.connectFailed(uri, address, failure);
        }
    }
}
