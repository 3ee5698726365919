package dev.berth.api.device;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Stands where TLS will, until the device's hello has come whole and it is its turn: a connection that says nothing, or half of something, costs no TLS engine.
 *
 * <p>It is an {@link SslHandler} because Vert.x asks for one; the engine it is made with belongs to all and is never used.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a socket to close
final class Vestibule extends SslHandler implements HandshakeTurns.Hello {
    private static final int RECORD_HEADER_BYTES = 5;
    private static final int RECORD_LENGTH_AT = 3;
    private static final byte HANDSHAKE_RECORD = 22;

    /** A whole record, and some more; nobody has a reason to send as much before the server's hello. */
    private static final int BYTES_MAX = 20 * 1024;

    private final Supplier<SslHandler> tls;
    private final DoorKeeper door;
    private final Executor threads;
    private boolean helloCame;
    private @Nullable ChannelHandlerContext here;
    private @Nullable ScheduledFuture<?> deadline;

    /** @param threads what works on requests */
    Vestibule(SSLEngine unused, Supplier<SslHandler> tls, DoorKeeper door, Executor threads) {
        super(unused);
        this.tls = tls;
        this.door = door;
        this.threads = threads;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        here = context;
        context.executor().execute(() -> door.enters(context.channel()));
        deadline = context.executor()
                .schedule(() -> door.noHello(context.channel()), getHandshakeTimeoutMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() > BYTES_MAX) {
            door.noHello(context.channel());
        } else if (!helloCame && whole(in)) {
            helloCame = true;
            cancelDeadline();
            door.helloCame(context.channel(), this);
        }
    }

    /** What is no TLS at all is the engine's to refuse. */
    private static boolean whole(ByteBuf in) {
        int begin = in.readerIndex();
        return in.getByte(begin) != HANDSHAKE_RECORD
                || (in.readableBytes() >= RECORD_HEADER_BYTES
                        && in.readableBytes() >= RECORD_HEADER_BYTES + in.getUnsignedShort(begin + RECORD_LENGTH_AT));
    }

    @Override
    public boolean gone() {
        return here == null || !here.channel().isActive();
    }

    @Override
    public Object eventLoop() {
        return connection().executor();
    }

    @Override
    public void begin(Runnable passed) {
        var context = connection();
        context.executor().execute(() -> {
            try {
                enter(context);
            } finally {
                comeBack(context, passed);
            }
        });
    }

    private ChannelHandlerContext connection() {
        var context = here;
        if (context == null) {
            throw new IllegalStateException("no connection");
        }
        return context;
    }

    /** In overload only behind what has come meanwhile: the event loop reads that before it does what is planned. */
    private void comeBack(ChannelHandlerContext context, Runnable passed) {
        if (door.overloaded()) {
            context.executor().schedule(() -> comeBackByThread(context, passed), 0, TimeUnit.NANOSECONDS);
        } else {
            comeBackByThread(context, passed);
        }
    }

    private void comeBackByThread(ChannelHandlerContext context, Runnable passed) {
        threads.execute(() -> execute(context, passed));
    }

    private static void execute(ChannelHandlerContext context, Runnable passed) {
        try {
            context.executor().execute(passed);
        } catch (RejectedExecutionException stopped) {
            // Nobody begins a handshake any more.
        }
    }

    /** The bytes that came so far go to TLS, as Netty does it when a decoder is replaced. */
    private void enter(ChannelHandlerContext context) {
        if (gone()) {
            return;
        }
        var handler = tls.get();
        handler.setHandshakeTimeoutMillis(getHandshakeTimeoutMillis());
        door.watch(context.channel(), handler);
        context.pipeline().addBefore(context.name(), null, HungUp.INSTANCE).replace(this, context.name(), handler);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelDeadline();
        context.fireChannelInactive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void handlerRemoved0(ChannelHandlerContext context) {
        cancelDeadline();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        context.close(promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
        context.disconnect(promise);
    }
}
