package dev.berth.api.device;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.RequestId;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds one connection to the limits that Vert.x has no option for: a request arrives whole in time or is answered 408, few requests are
 * sent ahead of their answers, few answers lie unread, and a body that breaks HTTP is answered 400.
 *
 * <p>It sits in two places of the pipeline, because only the bytes tell that a request has begun, and only the decoder that it has
 * ended. A request that arrives in one read, as nearly all do, costs no timer. All of it runs on the connection's event loop.
 *
 * <p>The time to arrive is measured in two halves. Where the whole process stood still (stopped, moved, out of memory), a deadline that has passed comes
 * before the bytes that wait in the socket; the second half begins only then, and leaves the time to read them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a socket to close
final class ConnectionGuard {
    private final RequestLimits limits;
    private final DeviceObserver observer;
    private volatile long idleSince = System.nanoTime();
    private int unanswered;
    private boolean arriving;
    private boolean headersArrived;
    private @Nullable ScheduledFuture<?> deadline;

    ConnectionGuard(RequestLimits limits, DeviceObserver observer) {
        this.limits = limits;
        this.observer = observer;
    }

    void install(Channel channel) {
        channel.config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(RequestLimits.UNREAD_BYTES_MAX / 2, RequestLimits.UNREAD_BYTES_MAX));
        channel.pipeline().addBefore("httpDecoder", "arrivals", new Arrivals());
        channel.pipeline().addBefore("handler", "requests", new Requests());
    }

    /** Whether no request is arriving or waiting for its answer. */
    boolean idle() {
        return unanswered == 0 && !arriving;
    }

    /** When its last answer was written, or it began, as {@link System#nanoTime} says it; from any thread. */
    long idleSince() {
        return idleSince;
    }

    private final class Arrivals extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            arriving = true;
            context.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.fireChannelReadComplete();
            if (arriving && deadline == null) {
                var requests = context.pipeline().context("requests");
                afterHalfTheTime(requests, () -> afterHalfTheTime(requests, () -> late(requests)));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            arrived();
            context.fireChannelInactive();
        }
    }

    private final class Requests extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                headersArrived = true;
                unanswered++;
                refuseUnknownVersion(request);
            }
            if (unanswered > RequestLimits.PIPELINED_MAX) {
                ReferenceCountUtil.release(message);
                context.close();
            } else if (leavesAnswersUnread(context, message)) {
                ReferenceCountUtil.release(message);
                cutOff(context.channel());
            } else if (breaksHttp(message)) {
                ReferenceCountUtil.release(message);
                refuse(context, ProblemType.MALFORMED);
            } else {
                if (message instanceof LastHttpContent) {
                    arrived();
                }
                context.fireChannelRead(message);
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            boolean interim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !interim) {
                unanswered--;
                idleSince = System.nanoTime();
            }
            context.write(message, promise);
        }
    }

    /** Who asks on without reading would have us keep its answers. */
    private static boolean leavesAnswersUnread(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest && !context.channel().isWritable();
    }

    /** Once, though more of its requests may lie in what has been read. */
    private void cutOff(Channel channel) {
        if (channel.isOpen()) {
            observer.connectionRefused(ConnectionRefusal.UNREAD);
            DoorKeeper.reset(channel);
        }
    }

    /** A body that is no HTTP; a head that is none goes the way of all requests. */
    private static boolean breaksHttp(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure();
    }

    /** Vert.x would answer 501, as if it were our fault. */
    private static void refuseUnknownVersion(HttpRequest request) {
        var version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("HTTP version")));
        }
    }

    private void afterHalfTheTime(ChannelHandlerContext requests, Runnable what) {
        deadline = requests.executor().schedule(what, limits.arrivalMax().toNanos() / 2, TimeUnit.NANOSECONDS);
    }

    private void arrived() {
        arriving = false;
        headersArrived = false;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void late(ChannelHandlerContext requests) {
        deadline = null;
        refuse(requests, ProblemType.REQUEST_TIMEOUT);
    }

    /** Answers the request that is arriving and closes; only closes if answers of others, or its own, are in the way. */
    private void refuse(ChannelHandlerContext context, ProblemType type) {
        if (unanswered != (headersArrived ? 1 : 0)) {
            context.close();
            return;
        }
        var reply = new Reply.Refusal(Problem.of(type));
        var request = RequestId.fresh(ThreadLocalRandom.current());
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.wrappedBuffer(reply.body(request)));
        reply.headers(request).forEach(response.headers()::set);
        response.headers().setInt("Content-Length", response.content().readableBytes());
        response.headers().set("Connection", "close");
        observer.answered(DeviceRoute.NONE, reply.status(), reply.problem(), limits.arrivalMax());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
