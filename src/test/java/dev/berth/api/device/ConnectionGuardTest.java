package dev.berth.api.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.problem.ProblemType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a request may take to arrive, on a clock that the test moves. */
class ConnectionGuardTest {
    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(10);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Integer> refused = new ArrayList<>();
    private int whole;

    @BeforeEach
    void install() {
        channel.freezeTime();
        channel.pipeline()
                .addLast("httpDecoder", new HttpRequestDecoder())
                .addLast("httpEncoder", new HttpResponseEncoder())
                .addLast("handler", new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        whole += message instanceof LastHttpContent ? 1 : 0;
                        ReferenceCountUtil.release(message);
                    }
                });
        new ConnectionGuard(RequestLimits.DEFAULT.withArrivalMax(ARRIVAL_MAX), new Refusals()).install(channel);
    }

    @Test
    void aRequestHasItsTimeAndNoMore() {
        arrives("GET /v1/id-scope HTTP/1.1\r\n");
        passes(ARRIVAL_MAX.dividedBy(2));
        passes(ARRIVAL_MAX.dividedBy(2).minusMillis(1));
        assertThat(channel.isOpen()).isTrue();
        passes(Duration.ofMillis(1));
        assertThat(answer()).startsWith("HTTP/1.1 408");
        assertThat(refused).containsExactly(408);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatArrivedWhileTheProcessStoodStillIsReadBeforeItIsLate() {
        arrives("GET /v1/id-scope HTTP/1.1\r\n");
        passes(ARRIVAL_MAX.multipliedBy(100));
        arrives("Host: berth\r\n\r\n");
        passes(ARRIVAL_MAX.multipliedBy(100));
        assertThat(whole).isOne();
        assertThat(refused).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    private void arrives(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    /** In one leap: what fell due on the way is done at its end. */
    private void passes(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private String answer() {
        ByteBuf bytes = channel.readOutbound();
        try {
            return bytes.toString(US_ASCII);
        } finally {
            bytes.release();
        }
    }

    private final class Refusals implements DeviceObserver {
        @Override
        public void answered(String route, int status, Optional<ProblemType> problem, Duration took) {
            refused.add(status);
        }
    }
}
