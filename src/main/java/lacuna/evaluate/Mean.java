package lacuna.evaluate;

/// A mean of what is added one after the other.
final class Mean {
    private double sum;
    private int count;

    void add(double value) {
        sum += value;
        count++;
    }

    double value() {
        return sum / count;
    }
}
