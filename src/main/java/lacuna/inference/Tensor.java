package lacuna.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Float32 numbers outside the heap, so that a runtime reads and fills them without a copy. Those that
/// [Session#tensor(long...)] makes lie where that session reads them; others may cost it a copy.
/// Belongs to one thread at a time; to be closed.
public final class Tensor implements AutoCloseable {
    /// Bytes; what vector instructions like.
    public static final int ALIGNMENT = 64;

    private final MemorySegment memory;
    private final long[] shape;
    private final Runnable release;
    private boolean closed;

    private Tensor(MemorySegment memory, Runnable release, long[] shape) {
        this.memory = memory;
        this.release = release;
        this.shape = shape;
    }

    /// A tensor of zeros in memory of its own.
    ///
    /// @param shape sizes, the outermost first, such as N, C, H, W
    public static Tensor zeros(long... shape) {
        Arena arena = Arena.ofShared();
        try {
            return new Tensor(arena.allocate(bytes(shape), ALIGNMENT), arena::close, shape.clone());
        } catch (RuntimeException | OutOfMemoryError e) {
            arena.close();
            throw e;
        }
    }

    /// A tensor in memory that somebody else manages.
    ///
    /// @param memory native memory of `bytes(shape)` bytes, aligned to [#ALIGNMENT]
    /// @param release called once, when the tensor is closed
    public static Tensor over(MemorySegment memory, Runnable release, long... shape) {
        if (!memory.isNative() || memory.byteSize() != bytes(shape)) {
            throw new IllegalArgumentException("%d bytes of native memory are needed, %d came".formatted(bytes(shape),
                    memory.byteSize()));
        }
        return new Tensor(memory, release, shape.clone());
    }

    /// Bytes that a tensor takes.
    ///
    /// @throws IllegalArgumentException where a size is negative
    /// @throws ArithmeticException where that is more than a `long` holds
    public static long bytes(long... shape) {
        long size = Float.BYTES;
        for (long n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("a tensor has no negative sizes: " + n);
            }
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    public long[] shape() {
        return shape.clone();
    }

    /// Copies `count` numbers from `values` into the tensor.
    ///
    /// @param at index in the tensor of the first
    /// @param from index in `values` of the first
    public void put(long at, float[] values, int from, int count) {
        MemorySegment.copy(values, from, memory(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, count);
    }

    /// Copies `count` numbers of the tensor into `values`.
    ///
    /// @param at index in the tensor of the first
    /// @param to index in `values` of the first
    public void get(long at, float[] values, int to, int count) {
        MemorySegment.copy(memory(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, values, to, count);
    }

    /// A view of the memory for a runtime: direct, in native byte order. Not to be used after [#close()].
    public FloatBuffer buffer() {
        return memory().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /// The memory itself, for engines. Not to be used after [#close()].
    ///
    /// @throws IllegalStateException when it was closed
    public MemorySegment memory() {
        if (closed) {
            throw new IllegalStateException("the tensor is closed");
        }
        return memory;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
