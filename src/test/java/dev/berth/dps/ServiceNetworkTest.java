package dev.berth.dps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceNetworkTest {
    private static final Proxy OURS = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("ours", 1));
    private static final Proxy THEIRS = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("theirs", 2));
    private final ServiceNetwork network =
            new ServiceNetwork(List.of(".azure-devices-provisioning.net"), Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void onlyTheConnectionsToDpsGoThroughTheProxy() {
        var selector = new HostProxySelector(network::covers, List.of(OURS), new Others());

        assertThat(selector.select(URI.create("https://EU.azure-devices-provisioning.net/x")))
                .containsExactly(OURS);
        assertThat(selector.select(URI.create("https://azure-devices-provisioning.net.evil.example/")))
                .containsExactly(THEIRS);
        assertThat(selector.select(URI.create("http://eu.azure-devices-provisioning.net/")))
                .containsExactly(THEIRS);
        assertThat(selector.select(URI.create("https://login.example/"))).containsExactly(THEIRS);
        assertThat(new HostProxySelector(network::covers, List.of(OURS), null).select(URI.create("https://x.example/")))
                .containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void aFileOfCasHoldsAtLeastOne() throws IOException {
        var file = Files.writeString(directory.resolve("empty.pem"), "");
        var withCas = new ServiceNetwork(network.hostSuffixes(), Optional.empty(), Optional.of(file));

        assertThatThrownBy(withCas::install)
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("empty.pem");
    }

    private static final class Others extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(THEIRS);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    }
}
