package dev.berth.region;

/** Is told what becomes of claims, so that somebody can count it. An implementation returns at once and does not throw. */
public interface RegionEvents {
    RegionEvents NONE = new RegionEvents() {
        @Override
        public void stoodIn(RegionId home) {}

        @Override
        public void reviewed(Outcome outcome) {}

        @Override
        public void open(int claims) {}
    };

    /** What was done about a device that a region stood in for. */
    enum Outcome {
        /** Nothing had to be: all that was claimed is the same. */
        AGREED,
        /** Regions had claimed different instances, and one of these holds now, in a new generation. */
        DECIDED,
        /** The document was brought back to the newest generation, which a merge had taken from it. */
        MENDED,
        /** Claims that came to light after a newer generation were put on record as lost. */
        LATE
    }

    /** This replica claimed for a device in the place of {@code home}, which is away. */
    void stoodIn(RegionId home);

    /** This replica carried out what follows from comparing the claims of a device. */
    void reviewed(Outcome outcome);

    /** A look found so many devices at home here that another region claimed for, at most {@link RegionClaims#STAND_INS_MAX}. */
    void open(int claims);
}
