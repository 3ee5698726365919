package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in of those who came together. */
class AcceptDoorTest {
    private static final int WAITING_MAX = 1;

    private final DoorKeeper keeper = new DoorKeeper(
            DeviceLimits.DEFAULT.withHandshakes(new HandshakeLimits(
                    1_024, Duration.ofSeconds(10), 5_000, WAITING_MAX, Duration.ofMillis(1), Duration.ZERO)),
            DeviceObserver.NONE,
            new AccessLog());
    private final EmbeddedChannel listening = new EmbeddedChannel();
    private final AcceptDoor door = new AcceptDoor(listening, keeper);
    private final List<Object> letIn = new ArrayList<>();
    private final Queue<Runnable> passing = new ArrayDeque<>();
    private final HandshakeTurns.Hello hello = new HandshakeTurns.Hello() {
        @Override
        public boolean gone() {
            return false;
        }

        @Override
        public Object eventLoop() {
            return listening;
        }

        @Override
        public void begin(Runnable passed) {
            passing.add(passed);
        }
    };

    @BeforeEach
    void install() {
        listening.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object connection) {
                letIn.add(connection);
            }
        });
        door.install();
        listening.freezeTime();
    }

    @Test
    void asTheyCameWhileNobodyHasToBeRefused() {
        var all = connections(3);
        come(all);
        assertThat(letIn).isEqualTo(all);
    }

    @Test
    void theLastThatCameInOverload() {
        overload();
        var all = connections(3);
        come(all);
        assertThat(letIn).containsExactly(all.getLast());
        assertThat(all).extracting(EmbeddedChannel::isOpen).containsExactly(false, false, true);
    }

    @Test
    void nobodyIsLookedAtInOverloadUntilThereMayBeRoom() {
        overload();
        come(connections(2));
        assertThat(listening.config().isAutoRead()).isFalse();
        door.look();
        listening.runPendingTasks();
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    @Test
    void orUntilATurnHasTakenTooLong() {
        overload();
        come(connections(2));
        pass(AcceptDoor.PAUSE_MAX.minusMillis(1));
        assertThat(listening.config().isAutoRead()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    @Test
    void whichIsReckonedFromTheLastLook() {
        overload();
        come(connections(2));
        pass(AcceptDoor.PAUSE_MAX.minusMillis(1));
        door.look();
        listening.runPendingTasks();
        come(connections(2));
        pass(Duration.ofMillis(1));
        assertThat(listening.config().isAutoRead()).isFalse();
        pass(AcceptDoor.PAUSE_MAX);
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    /** Hellos come until one is refused, and turns pass until nobody waits: then there is room for one. */
    private void overload() {
        var caller = connections(1).getFirst();
        while (!keeper.overloaded()) {
            keeper.helloCame(caller, hello);
        }
        while (keeper.waiting() > 0) {
            passing.remove().run();
        }
    }

    private void pass(Duration time) {
        listening.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        listening.runScheduledPendingTasks();
        listening.runPendingTasks();
    }

    private void come(List<EmbeddedChannel> connections) {
        connections.forEach(listening.pipeline()::fireChannelRead);
        listening.pipeline().fireChannelReadComplete();
    }

    private static List<EmbeddedChannel> connections(int count) {
        return Stream.generate(DoorKeeperTest::connection).limit(count).toList();
    }
}
