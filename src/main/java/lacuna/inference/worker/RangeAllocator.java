package lacuna.inference.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Which ranges of a memory are in use: each request gets the first gap that is large enough, and gaps that meet become
/// one. Knows no memory itself. Belongs to one thread at a time.
final class RangeAllocator {
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private final Map<Long, Long> used = new HashMap<>();

    /// @param capacity bytes in all
    RangeAllocator(long capacity) {
        if (capacity > 0) {
            gaps.put(0L, capacity);
        }
    }

    /// Takes a range.
    ///
    /// @param bytes at least 1
    /// @return where it begins; empty when no gap is large enough
    OptionalLong take(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a range has at least a byte: " + bytes);
        }
        Optional<Map.Entry<Long, Long>> gap = gaps.entrySet().stream().filter(g -> g.getValue() >= bytes).findFirst();
        if (gap.isPresent()) {
            long at = gap.get().getKey();
            long length = gap.get().getValue();
            gaps.remove(at);
            if (length > bytes) {
                gaps.put(at + bytes, length - bytes);
            }
            used.put(at, bytes);
            return OptionalLong.of(at);
        }
        return OptionalLong.empty();
    }

    /// Gives a range back.
    ///
    /// @param at where it begins
    void giveBack(long at) {
        Long length = used.remove(at);
        if (length == null) {
            throw new IllegalArgumentException("no range begins at " + at);
        }
        long from = at;
        long end = at + length;
        Map.Entry<Long, Long> before = gaps.lowerEntry(at);
        if (before != null && before.getKey() + before.getValue() == at) {
            from = before.getKey();
        }
        Long behind = gaps.remove(end);
        if (behind != null) {
            end += behind;
        }
        gaps.put(from, end - from);
    }

    boolean isEmpty() {
        return used.isEmpty();
    }
}
