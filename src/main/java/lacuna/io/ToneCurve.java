package lacuna.io;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// The curve of one channel in a profile, from encoded 0..1 to linear 0..1 (ICC.1:2022, 10.6 and 10.18).
final class ToneCurve {
    private final DoubleUnaryOperator function;

    private ToneCurve(DoubleUnaryOperator function) {
        this.function = function;
    }

    double linear(double encoded) {
        return function.applyAsDouble(encoded);
    }

    static Optional<ToneCurve> of(ByteBuffer element) {
        int type = element.getInt(0);
        if (type == IccProfile.tag("curv") && element.limit() >= 12) {
            return sampled(element);
        }
        return type == IccProfile.tag("para") && element.limit() >= 16 ? parametric(element) : Optional.empty();
    }

    private static Optional<ToneCurve> sampled(ByteBuffer element) {
        int count = element.getInt(8);
        if (count < 0 || 12L + 2L * count > element.limit()) {
            return Optional.empty();
        }
        if (count == 0) {
            return Optional.of(new ToneCurve(v -> v));
        }
        if (count == 1) {
            double gamma = (element.getShort(12) & 0xffff) / 256.0;
            return Optional.of(new ToneCurve(v -> Math.pow(v, gamma)));
        }
        double[] table = new double[count];
        for (int i = 0; i < count; i++) {
            table[i] = (element.getShort(12 + 2 * i) & 0xffff) / 65535.0;
        }
        return Optional.of(new ToneCurve(v -> {
            double at = Math.clamp(v, 0.0, 1.0) * (table.length - 1);
            int i = Math.min((int) at, table.length - 2);
            return table[i] + (table[i + 1] - table[i]) * (at - i);
        }));
    }

    private static Optional<ToneCurve> parametric(ByteBuffer element) {
        int[] counts = {1, 3, 4, 5, 7};
        int kind = element.getShort(8) & 0xffff;
        if (kind >= counts.length || 12 + 4 * counts[kind] > element.limit()) {
            return Optional.empty();
        }
        double[] p = new double[7];
        for (int i = 0; i < counts[kind]; i++) {
            p[i] = element.getInt(12 + 4 * i) / 65536.0;
        }
        double g = p[0];
        double a = kind == 0 ? 1 : p[1];
        double b = p[2];
        double c = p[3];
        double d = p[4];
        DoubleUnaryOperator function = switch (kind) {
            case 0 -> v -> Math.pow(v, g);
            case 1 -> v -> a * v + b >= 0 ? Math.pow(a * v + b, g) : 0;
            case 2 -> v -> a * v + b >= 0 ? Math.pow(a * v + b, g) + c : c;
            case 3 -> v -> v >= d ? Math.pow(Math.max(0, a * v + b), g) : c * v;
            default -> v -> v >= d ? Math.pow(Math.max(0, a * v + b), g) + p[5] : c * v + p[6];
        };
        return Optional.of(new ToneCurve(function));
    }
}
