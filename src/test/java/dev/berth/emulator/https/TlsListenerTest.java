package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

/** What a handshake costs the emulator is mostly its key, so that is not to be read anew for each. */
class TlsListenerTest {
    private final HttpServerOptions options =
            TlsListener.options(new HttpServerOptions(), ServerIdentity.fresh(Instant.now()), TlsEngine.JDK, 0);

    @Test
    void theKeyHasTheSameNameInEveryHandshakeSoThatTheCacheFindsIt() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var keys = options.getKeyCertOptions().getKeyManagerFactory(vertx);
            var manager = (X509ExtendedKeyManager) keys.getKeyManagers()[0];
            var engine = SSLContext.getDefault().createSSLEngine();

            String first = manager.chooseEngineServerAlias("EC", null, engine);

            assertThat(keys).isInstanceOf(OpenSslCachingX509KeyManagerFactory.class);
            assertThat(first).isNotNull();
            assertThat(manager.chooseEngineServerAlias("EC", null, engine)).isEqualTo(first);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
