package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do with what one replica holds of an instance, it is as if they had done it one after another: Lincheck tries schedules of
 * {@link Holdings} and looks for an order in which {@link Sequential} gives the same answers.
 */
@Param(name = "block", gen = IntGen.class, conf = "0:3")
@Param(name = "slot", gen = IntGen.class, conf = "0:7")
@Param(name = "newDevice", gen = BooleanGen.class)
@Param(name = "grant", gen = BooleanGen.class)
public class HoldingsLincheckTest {
    private static final int BLOCK = 2;
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(Instances.TENANT, "dps-1");
    private static final SlotSpacing SPACING = new SlotSpacing(Duration.ofSeconds(1));
    private static final Instant NOW = VirtualClock.START;

    private final Holdings holdings = new Holdings(INSTANCE, SchedulingSettings.DEFAULT, SchedulingEvents.NONE);

    @Operation
    public void add(@Param(name = "block") int block) {
        holdings.add(lease(block), NOW);
    }

    @Operation
    public int addAndTake(@Param(name = "block") int block, @Param(name = "newDevice") boolean newDevice) {
        return number(holdings.addAndTake(lease(block), NOW, newDevice, NOW));
    }

    @Operation
    public int take(@Param(name = "newDevice") boolean newDevice) {
        return number(holdings.take(newDevice, NOW));
    }

    @Operation
    public void giveBack(@Param(name = "slot") int slot, @Param(name = "grant") boolean grant) {
        holdings.giveBack(new Reservation(INSTANCE, at(slot), grant, 0));
    }

    @Operation
    public String letGo() {
        Surplus surplus = holdings.letGo(true, 0, NOW);
        return surplus.tail().size() + " slots, " + surplus.grants() + " grants";
    }

    @Test
    void noScheduleShowsWhatNoOrderWould() {
        new ModelCheckingOptions()
                .sequentialSpecification(Sequential.class)
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .check(HoldingsLincheckTest.class);
    }

    /** The same operations on the model. */
    public static final class Sequential {
        private final HoldingsModel model = new HoldingsModel();

        public void add(int block) {
            model.add(block * BLOCK, BLOCK, 1);
        }

        public int addAndTake(int block, boolean newDevice) {
            add(block);
            return model.take(newDevice);
        }

        public int take(boolean newDevice) {
            return model.take(newDevice);
        }

        public void giveBack(int slot, boolean grant) {
            model.giveBack(slot, grant);
        }

        public String letGo() {
            return model.letGo();
        }
    }

    private static LeasePlan.Take lease(int block) {
        return new LeasePlan.Take(
                new Ledger(at((block + 1) * BLOCK), 1), new SlotBlock(at(block * BLOCK), SPACING, BLOCK), 1);
    }

    private static Instant at(int slot) {
        return NOW.plusSeconds(1 + slot);
    }

    private static int number(@Nullable Reservation reservation) {
        return reservation == null
                ? -1
                : (int) Duration.between(at(0), reservation.slot()).toSeconds();
    }
}
