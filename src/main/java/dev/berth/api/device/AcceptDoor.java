package dev.berth.api.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stands at the listening socket and refuses connections before anything is set up for them.
 *
 * <p>When it had to refuse one it closes its eyes until an event loop begins with the last that was ready for it, which is when there is room again. Those who come meanwhile are
 * then looked at together: a wake-up for each would cost more than their refusal. Who came last is let in first, since the others have waited for longer already; while nobody has to
 * be refused, all are let in as they came.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a pause
final class AcceptDoor extends ChannelInboundHandlerAdapter {
    private static final int AT_ONCE_MAX = 1_024;

    /** Handshakes may be slow, and nobody may be left standing; it looks again after twice as long at the latest. */
    static final Duration PAUSE_MAX = Duration.ofMillis(10);

    private final Channel listening;
    private final DoorKeeper door;
    private final Optional<EpollQueue> queue;
    private final List<Caller> came = new ArrayList<>();
    private boolean willLook;
    private long looks;
    private volatile boolean paused;

    /** Somebody who has connected, and for whom nothing is done yet. */
    interface Caller {
        /** The connection, for the event loop that will serve it. */
        Channel letIn();

        /** Closes without waiting for anything. */
        void reset();
    }

    AcceptDoor(Channel listening, DoorKeeper door) {
        this.listening = listening;
        this.door = door;
        this.queue = EpollQueue.of(listening);
    }

    void install() {
        if (listening.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator reads) {
            reads.maxMessagesPerRead(AT_ONCE_MAX);
        }
        listening.pipeline().addFirst("door", this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection) {
            came.add(new Accepted(connection));
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (refusesSome(context)) {
            pause();
        }
        context.fireChannelReadComplete();
    }

    /** Lets in whom there is room for. */
    private boolean refusesSome(ChannelHandlerContext context) {
        boolean refused = false;
        for (var caller : door.overloaded() ? came.reversed() : came) {
            var why = door.refusal();
            if (why.isEmpty()) {
                var connection = caller.letIn();
                door.arrives(connection);
                context.fireChannelRead(connection);
            } else {
                door.refused(why.get());
                caller.reset();
                refused |= why.get() == ConnectionRefusal.HANDSHAKES;
            }
        }
        came.clear();
        return refused;
    }

    private void pause() {
        listening.config().setAutoRead(false);
        paused = true; // a turn that passed before this is made up for by the look that is planned
        if (!willLook) {
            planLook();
        }
    }

    /** It is not needed if somebody has looked meanwhile, which is so nearly always; to call it off and to plan another each time would cost more. */
    private void planLook() {
        willLook = true;
        long before = looks;
        listening.eventLoop().schedule(() -> lookUnlessSince(before), PAUSE_MAX.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void lookUnlessSince(long before) {
        willLook = false;
        if (looks == before) {
            look();
        } else if (paused) {
            planLook();
        }
    }

    /** There may be room again; from any thread. */
    void look() {
        if (paused) {
            paused = false;
            listening.eventLoop().execute(this::lookAtOnce);
        }
    }

    private void lookAtOnce() {
        if (!listening.isOpen()) {
            return;
        }
        looks++;
        if (queue.isPresent() && door.overloaded()) {
            queue.get().moveTo(came, AT_ONCE_MAX);
            if (refusesSome(listening.pipeline().context(this))) {
                pause();
                return;
            }
        }
        openEyes();
    }

    /** NIO would not say until the next round of its event loop that somebody has come, and most of the time somebody has; epoll says it at once. */
    private void openEyes() {
        listening.config().setAutoRead(true);
        if (listening.unsafe() instanceof AbstractNioChannel.NioUnsafe socket) {
            socket.read();
        }
    }

    /** By Netty. */
    private record Accepted(Channel connection) implements Caller {
        @Override
        public Channel letIn() {
            return connection;
        }

        @Override
        public void reset() {
            DoorKeeper.reset(connection);
        }
    }
}
