package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorKeeperTest {
    private final List<ConnectionRefusal> refusals = new ArrayList<>();
    private final DoorKeeper door = new DoorKeeper(
            DeviceLimits.DEFAULT.withHandshakes(HandshakeLimits.DEFAULT.withHalfOpenMax(2)),
            new DeviceObserver() {
                @Override
                public void connectionRefused(ConnectionRefusal why) {
                    refusals.add(why);
                }
            },
            new AccessLog());

    @Test
    void aConnectionThatClosedBeforeItWasLetInLeavesNothingBehind() {
        var gone = connection();
        gone.close().syncUninterruptibly();
        door.enters(gone);

        assertThat(door.open()).isZero();
        assertThat(door.halfOpen()).isZero();
    }

    @Test
    void whoeverHasBeenSilentForTheLongestMakesRoom() {
        var first = connection();
        door.enters(first);
        door.enters(connection());
        door.enters(connection());
        first.runPendingTasks();

        assertThat(first.isOpen()).isFalse();
        assertThat(door.halfOpen()).isEqualTo(2);
        assertThat(refusals).containsExactly(ConnectionRefusal.HALF_OPEN);
    }

    @Test
    void whoWentByItselfWasNotRefused() {
        var gone = connection();
        gone.close().syncUninterruptibly();
        door.turnAway(gone, ConnectionRefusal.HALF_OPEN);

        assertThat(refusals).isEmpty();
    }

    /** As if it had been accepted. */
    static EmbeddedChannel connection() {
        return new EmbeddedChannel(new EmbeddedChannel(), DefaultChannelId.newInstance(), true, false);
    }
}
