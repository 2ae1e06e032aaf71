package lacuna.inference.worker;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RangeAllocatorProperties {
    private static final long CAPACITY = 1000;

    @Property(tries = 300)
    void rangesNeverOverlapAndWhatIsGivenBackIsUsedAgain(
            @ForAll @Size(max = 60) List<@IntRange(min = -20, max = 200) Integer> steps) {
        RangeAllocator ranges = new RangeAllocator(CAPACITY);
        TreeMap<Long, Long> held = new TreeMap<>();
        for (int step : steps) {
            if (step > 0) {
                OptionalLong at = ranges.take(step);
                if (at.isPresent()) {
                    held.put(at.getAsLong(), (long) step);
                }
            } else if (!held.isEmpty()) {
                long at = List.copyOf(held.keySet()).get(-step % held.size());
                ranges.giveBack(at);
                held.remove(at);
            }
            long end = 0;
            for (var range : held.entrySet()) {
                assertThat(range.getKey()).isGreaterThanOrEqualTo(end);
                end = range.getKey() + range.getValue();
            }
            assertThat(end).isLessThanOrEqualTo(CAPACITY);
            assertThat(ranges.isEmpty()).isEqualTo(held.isEmpty());
        }
        List.copyOf(held.keySet()).forEach(ranges::giveBack);
        assertThat(ranges.take(CAPACITY)).as("all gaps meet").hasValue(0);
    }

    @Example
    void thereIsNoRangeBeyondTheEndAndNoneIsGivenBackTwice() {
        RangeAllocator ranges = new RangeAllocator(10);
        assertThat(ranges.take(11)).isEmpty();
        assertThat(ranges.take(10)).hasValue(0);
        assertThat(ranges.take(1)).isEmpty();
        ranges.giveBack(0);
        assertThatThrownBy(() -> ranges.giveBack(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
