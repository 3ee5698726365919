package dev.berth.simulation;

/** Fairness by Jain's index: 1 if all got the same, 1 / n if one of n got everything. */
final class Jain {
    private Jain() {}

    /** Of amounts that are not negative; 1 if nobody got anything. */
    static double index(double... amounts) {
        double sum = 0;
        double squares = 0;
        for (double amount : amounts) {
            sum += amount;
            squares += amount * amount;
        }
        return squares == 0 ? 1 : sum * sum / (amounts.length * squares);
    }
}
