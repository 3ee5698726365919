package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is still said to a device that cannot hear it. */
@SuppressWarnings("FutureReturnValueIgnored") // an embedded channel closes at once
class HungUpTest {
    private final List<String> said = new ArrayList<>();
    private final EmbeddedChannel connection =
            new EmbeddedChannel(HungUp.INSTANCE, new ChannelOutboundHandlerAdapter() {
                @Override
                public void close(ChannelHandlerContext context, ChannelPromise promise) {
                    said.add("farewell");
                    context.close(promise);
                }
            });

    @Test
    void nothingOnceItHasResetTheConnection() {
        connection.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        assertThat(connection.isOpen()).isFalse();
        assertThat(said).isEmpty();
    }

    @Test
    void allThatIsUsualWhereNoConnectionBroke() {
        connection.pipeline().fireExceptionCaught(new IllegalStateException("ours"));
        assertThat(connection.isOpen()).isTrue();
        assertThatThrownBy(connection::checkException).hasMessage("ours");
        connection.close();
        assertThat(said).containsExactly("farewell");
    }
}
