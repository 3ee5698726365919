package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits at a listening socket, and what becomes of them without Netty. */
class EpollQueueTest {
    private static final int AT_ONCE_MAX = 100;

    private final List<Socket> clients = new ArrayList<>();
    private final List<AcceptDoor.Caller> came = new ArrayList<>();
    private EventLoopGroup threads;
    private Channel listening;
    private EpollQueue queue;

    @BeforeEach
    void listen() {
        assumeTrue(Epoll.isAvailable(), "epoll is Linux's");
        threads = new EpollEventLoopGroup(1);
        listening = new ServerBootstrap()
                .group(threads)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        queue = EpollQueue.of(listening).orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        if (threads != null) {
            threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void whoeverIsResetSeesIt() throws IOException {
        var client = connect();
        queue.moveTo(came, AT_ONCE_MAX);
        came.getFirst().reset();
        assertThatThrownBy(client.getInputStream()::read).isInstanceOf(SocketException.class);
    }

    @Test
    void whoeverIsLetInIsHeard() throws IOException {
        var client = connect();
        queue.moveTo(came, AT_ONCE_MAX);
        echo(came.getFirst().letIn());
        client.getOutputStream().write(7);
        assertThat(client.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void theyComeInTheirOrderAndNoMoreThanAreAskedFor() throws IOException {
        connect();
        connect();
        connect();
        queue.moveTo(came, 2);
        queue.moveTo(came, AT_ONCE_MAX);
        assertThat(came)
                .extracting(EpollQueueTest::port)
                .containsExactlyElementsOf(
                        clients.stream().map(Socket::getLocalPort).toList());
    }

    @Test
    void nobodyIsNobody() {
        queue.moveTo(came, AT_ONCE_MAX);
        assertThat(came).isEmpty();
    }

    @Test
    void otherSocketsHaveNone() {
        assertThat(EpollQueue.of(new EmbeddedChannel())).isEmpty();
    }

    private Socket connect() throws IOException {
        var address = (InetSocketAddress) listening.localAddress();
        var client = new Socket(address.getAddress(), address.getPort());
        clients.add(client);
        return client;
    }

    private static int port(AcceptDoor.Caller caller) {
        var connection = caller.letIn();
        try {
            return ((InetSocketAddress) connection.remoteAddress()).getPort();
        } finally {
            connection.unsafe().closeForcibly();
        }
    }

    private void echo(Channel connection) {
        connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                context.writeAndFlush((ByteBuf) bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
        });
        threads.register(connection).syncUninterruptibly();
    }
}
