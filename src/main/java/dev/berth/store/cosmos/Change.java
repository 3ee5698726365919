package dev.berth.store.cosmos;

import dev.berth.store.Key;
import java.util.Optional;

/** A write, and what it depends on. */
sealed interface Change {
    Key key();

    /** Whether {@code found} is what this very write left there. */
    boolean isIn(Item found);

    /** Whether what stands there now is what the write expects, so that it has not happened, and may. */
    boolean suits(Optional<Item> found);

    /** Of an item that is not there. */
    record Insert(Key key, Item item) implements Change {
        @Override
        public boolean isIn(Item found) {
            return found.mark().equals(item.mark());
        }

        @Override
        public boolean suits(Optional<Item> found) {
            return found.isEmpty();
        }
    }

    /** Of an item that has this version. */
    record Replace(Key key, Item item, String expectedVersion) implements Change {
        @Override
        public boolean isIn(Item found) {
            return found.mark().equals(item.mark());
        }

        @Override
        public boolean suits(Optional<Item> found) {
            return found.filter(item -> item.version().equals(expectedVersion)).isPresent();
        }
    }

    /** Of an item that has this version. It leaves nothing by which it could be known again. */
    record Delete(Key key, String expectedVersion) implements Change {
        @Override
        public boolean isIn(Item found) {
            return false;
        }

        @Override
        public boolean suits(Optional<Item> found) {
            return found.filter(item -> item.version().equals(expectedVersion)).isPresent();
        }
    }
}
