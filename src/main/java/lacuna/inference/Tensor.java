package lacuna.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Float32 numbers in native memory, so that a runtime reads and fills them without a copy.
/// Belongs to one thread at a time; to be closed.
public final class Tensor implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final long[] shape;

    private Tensor(long[] shape) {
        this.shape = shape;
        long size = 1;
        for (long n : shape) {
            size = Math.multiplyExact(size, n);
        }
        this.memory = arena.allocate(Math.multiplyExact(size, Float.BYTES), 64);
    }

    /// A tensor of zeros.
    ///
    /// @param shape sizes, the outermost first, such as N, C, H, W
    public static Tensor zeros(long... shape) {
        return new Tensor(shape.clone());
    }

    public long[] shape() {
        return shape.clone();
    }

    /// Copies `count` numbers from `values` into the tensor.
    ///
    /// @param at index in the tensor of the first
    /// @param from index in `values` of the first
    public void put(long at, float[] values, int from, int count) {
        MemorySegment.copy(values, from, memory, ValueLayout.JAVA_FLOAT, at * Float.BYTES, count);
    }

    /// Copies `count` numbers of the tensor into `values`.
    ///
    /// @param at index in the tensor of the first
    /// @param to index in `values` of the first
    public void get(long at, float[] values, int to, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, at * Float.BYTES, values, to, count);
    }

    /// A view of the memory for a runtime: direct, in native byte order. Not to be used after [#close()].
    public FloatBuffer buffer() {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
