package dev.berth.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreContract;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.FaultProxy.Request;
import dev.berth.store.cosmos.FaultProxy.Trouble;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract, over a line on which every seventh request fails, for a caller who looks where the port says that one has to look. */
@NeedsLocalCosmos
@TestInstance(Lifecycle.PER_METHOD)
class FaultyCosmosStoreContractTest extends DocumentStoreContract {
    private static final int ONE_IN = 7;

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final FaultProxy proxy = FaultProxy.before(LocalAccount.server().endpoint());

    @Override
    protected DocumentStore open() {
        System.out.println("troubles of seed " + seed);
        proxy.trouble(this::choose);
        var options = LocalAccount.options(proxy.endpoint(), LocalAccount.PATIENT);
        return new ReadingBack(CosmosStore.open(options, StoreListener.NONE, new Random()));
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Override
    protected int manyRows() {
        return 500;
    }

    @Test
    void troublesHappen() {
        for (var i = 0; i < 10 * ONE_IN; i++) {
            store().find(device("a"));
        }
        assertThat(proxy.troubled()).isPositive();
    }

    private synchronized Trouble choose(Request request) {
        if (random.nextInt(ONE_IN) > 0) {
            return new Trouble.None();
        }
        return switch (random.nextInt(6)) {
            case 0 -> Trouble.Answer.throttled(Duration.ofMillis(1 + random.nextInt(5)));
            case 1 -> Trouble.Answer.of(449);
            case 2 -> Trouble.Answer.of(503);
            case 3 -> new Trouble.Delay(Duration.ofMillis(random.nextInt(30)));
            case 4 -> new Trouble.ResetBefore();
            default -> new Trouble.ResetAfter();
        };
    }
}
