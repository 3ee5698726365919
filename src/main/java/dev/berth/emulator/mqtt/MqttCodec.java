package dev.berth.emulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Bytes to packets and back for one connection, the same over TLS and WebSocket; a packet may come in any pieces. The
 * decoder gets whole packets only: by itself it would read on into the next one where a packet is shorter than what is in
 * it, and hold a topic of 64 KB before it compares lengths.
 */
final class MqttCodec {
    private static final int LENGTH_BYTES_MAX = 4;

    private final EmbeddedChannel channel;
    private final ByteBuf received = Unpooled.buffer();
    private final int packetBytesMax;

    MqttCodec(int packetBytesMax) {
        this.channel = new EmbeddedChannel(new MqttDecoder(packetBytesMax), MqttEncoder.INSTANCE);
        this.packetBytesMax = packetBytesMax;
    }

    void receive(Buffer bytes) {
        received.discardSomeReadBytes();
        received.writeBytes(bytes.getBytes());
    }

    /** The next whole packet, or one that says what is wrong with it; the caller releases it. */
    Optional<MqttMessage> next() {
        int length = 0;
        for (int i = 1; i <= LENGTH_BYTES_MAX && i < received.readableBytes(); i++) {
            int digit = received.getByte(received.readerIndex() + i);
            length |= (digit & 0x7f) << (7 * (i - 1));
            if (digit >= 0) {
                return packet(1 + i, length);
            }
        }
        return received.readableBytes() > LENGTH_BYTES_MAX
                ? Optional.of(broken(new CorruptedFrameException("a length of more than four bytes")))
                : Optional.empty();
    }

    private Optional<MqttMessage> packet(int headerBytes, int length) {
        if (length > packetBytesMax) {
            return Optional.of(broken(new TooLongFrameException("a packet of " + length + " bytes")));
        }
        if (received.readableBytes() < headerBytes + length) {
            return Optional.empty();
        }
        channel.writeInbound(received.readRetainedSlice(headerBytes + length));
        MqttMessage packet = channel.readInbound();
        return Optional.of(packet == null ? broken(new CorruptedFrameException("a packet too short")) : packet);
    }

    private static MqttMessage broken(RuntimeException cause) {
        return MqttMessageFactory.newInvalidMessage(cause);
    }

    Buffer encode(MqttMessage packet) {
        channel.writeOutbound(packet);
        var bytes = Buffer.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes.appendBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        return bytes;
    }

    void close() {
        channel.finishAndReleaseAll();
        received.release();
    }
}
