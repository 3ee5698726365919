package dev.berth.simulation;

/** How a DPS instance counts its minute. DPS does not publish which of these it is. */
interface DpsWindow {
    long MINUTE_NANOS = 60_000_000_000L;

    /** Whether a registration at {@code nanos} is accepted when {@code limit} a minute are; then it is counted. Times only grow. */
    boolean accepts(long nanos, int limit);

    /** At most {@code limit} in any 60 s. */
    final class Sliding implements DpsWindow {
        private final LongDeque accepted = new LongDeque();

        @Override
        public boolean accepts(long nanos, int limit) {
            accepted.removeUpTo(nanos - MINUTE_NANOS);
            if (accepted.size() >= limit) {
                return false;
            }
            accepted.add(nanos);
            return true;
        }
    }

    /** At most {@code limit} in each minute of a clock of its own, which starts anew. */
    final class Fixed implements DpsWindow {
        private final long phase;
        private long minute = Long.MIN_VALUE;
        private int count;

        Fixed(long phase) {
            this.phase = phase;
        }

        @Override
        public boolean accepts(long nanos, int limit) {
            long current = Math.floorDiv(nanos + phase, MINUTE_NANOS);
            if (current != minute) {
                minute = current;
                count = 0;
            }
            if (count >= limit) {
                return false;
            }
            count++;
            return true;
        }
    }

    /** A bucket that holds {@code limit} and drains as many in a minute. */
    final class Bucket implements DpsWindow {
        private double level;
        private long levelAt;

        @Override
        public boolean accepts(long nanos, int limit) {
            level = Math.max(0, level - (double) limit * (nanos - levelAt) / MINUTE_NANOS);
            levelAt = nanos;
            if (level + 1 > limit) {
                return false;
            }
            level++;
            return true;
        }
    }
}
