package lacuna.inference.worker;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lacuna.inference.InferenceException;
import lacuna.inference.Tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SharedMemoryTest {
    private static final long SIZE = 1 << 20;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("tensors");
    }

    @Test
    void bothSidesSeeTheSameNumbersWithoutTheFilesName() throws Exception {
        try (SharedMemory memory = SharedMemory.create(file, SIZE)) {
            MemorySegment other = SharedMemory.map(file, SIZE);
            Files.delete(file);
            try (Tensor first = memory.tensor(3, 5); Tensor tensor = memory.tensor(2, 2)) {
                tensor.put(0, new float[]{1, 2, 3, 4}, 0, 4);
                long at = memory.offset(tensor).getAsLong();
                assertThat(at % Tensor.ALIGNMENT).isZero();
                assertThat(at).isGreaterThanOrEqualTo(Tensor.bytes(first.shape()));
                assertThat(other.get(ValueLayout.JAVA_FLOAT, at + 12)).isEqualTo(4);
                other.set(ValueLayout.JAVA_FLOAT, at, 7);
                float[] back = new float[4];
                tensor.get(0, back, 0, 4);
                assertThat(back).containsExactly(7, 2, 3, 4);
            }
        }
    }

    @Test
    void whatWasGivenBackIsUsedAgainAndComesAsZeros() throws Exception {
        try (SharedMemory memory = SharedMemory.create(file, SIZE)) {
            for (int i = 0; i < 100; i++) {
                try (Tensor tensor = memory.tensor(1 << 17)) {
                    float[] values = new float[1 << 17];
                    tensor.get(0, values, 0, values.length);
                    assertThat(values).containsOnly(0);
                    java.util.Arrays.fill(values, i + 1);
                    tensor.put(0, values, 0, values.length);
                }
            }
        }
    }

    @Test
    @SuppressWarnings("try")
    void theBudgetHolds() throws Exception {
        try (SharedMemory memory = SharedMemory.create(file, SIZE)) {
            Tensor tensor = memory.tensor(3 << 16);
            assertThatThrownBy(() -> memory.tensor(1 << 17)).isInstanceOf(InferenceException.class)
                    .extracting(e -> ((InferenceException) e).problem())
                    .isEqualTo(InferenceException.Problem.NO_ROOM);
            tensor.close();
            memory.tensor(1 << 17).close();
        }
    }

    @Test
    void aRangeThatTheOtherSideStillUsesIsNotHandedOut() throws Exception {
        try (SharedMemory memory = SharedMemory.create(file, SIZE)) {
            Tensor tensor = memory.tensor(1 << 10);
            long at = memory.offset(tensor).getAsLong();
            memory.hold(at);
            tensor.close();
            try (Tensor next = memory.tensor(1 << 10)) {
                assertThat(memory.offset(next).getAsLong()).isNotEqualTo(at);
            }
            memory.release(at);
            try (Tensor next = memory.tensor(1 << 10)) {
                assertThat(memory.offset(next).getAsLong()).isEqualTo(at);
            }
        }
    }

    @Test
    void tensorsOutliveTheWorkerAndThoseOfOthersAreNoneOfIts() throws Exception {
        SharedMemory memory = SharedMemory.create(file, SIZE);
        Tensor tensor = memory.tensor(4);
        memory.close();
        tensor.put(0, new float[]{1}, 0, 1);
        try (Tensor other = Tensor.zeros(4)) {
            assertThat(memory.offset(other)).isEmpty();
        }
        assertThatThrownBy(() -> memory.tensor(4)).isInstanceOf(InferenceException.class);
        tensor.close();
        assertThatThrownBy(() -> tensor.put(0, new float[]{1}, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileThatIsTooShortIsNotMapped() throws IOException {
        Files.write(file, new byte[10]);
        assertThatThrownBy(() -> SharedMemory.map(file, SIZE)).isInstanceOf(ProtocolException.class);
    }
}
