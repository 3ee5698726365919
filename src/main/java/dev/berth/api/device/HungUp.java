package dev.berth.api.device;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/** Stands between socket and TLS, and closes a connection that its device has reset: TLS would encrypt a farewell first, which nobody can hear. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a socket to close
final class HungUp extends ChannelInboundHandlerAdapter {
    static final HungUp INSTANCE = new HungUp();

    private HungUp() {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
