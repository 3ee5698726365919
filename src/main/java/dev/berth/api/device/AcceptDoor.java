package dev.berth.api.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands at the listening socket and refuses connections before anything is set up for them. */
final class AcceptDoor extends ChannelInboundHandlerAdapter {
    private final DoorKeeper door;

    AcceptDoor(DoorKeeper door) {
        this.door = door;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection) {
            door.refusal()
                    .ifPresentOrElse(why -> door.turnAway(connection, why), () -> context.fireChannelRead(connection));
        } else {
            context.fireChannelRead(message);
        }
    }
}
