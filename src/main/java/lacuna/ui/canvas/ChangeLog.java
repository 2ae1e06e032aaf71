package lacuna.ui.canvas;

import java.util.ArrayDeque;
import java.util.Deque;

import lacuna.image.Rect;

/// Which part of a picture changed since an earlier state of it, so that a tile painted from that state can be shown
/// and only the difference be painted again.
final class ChangeLog {
    /// Changes remembered one by one; older ones count as a change of everything.
    private static final int REMEMBERED = 256;

    private record Change(long generation, Rect area) {}

    private final Deque<Change> changes = new ArrayDeque<>();
    private long generation;
    private long forgotten;

    /// The state now; grows with each change.
    long generation() {
        return generation;
    }

    /// Begins a new state that differs from the one before inside `area`.
    void add(Rect area) {
        generation++;
        changes.addLast(new Change(generation, area));
        if (changes.size() > REMEMBERED) {
            forgotten = changes.removeFirst().generation();
        }
    }

    /// The smallest rectangle around what changed after state `since`.
    ///
    /// @param everything the answer when that is too long ago
    Rect since(long since, Rect everything) {
        if (since < forgotten) {
            return everything;
        }
        Rect union = Rect.EMPTY;
        for (Change change : changes) {
            if (change.generation() > since) {
                union = union.union(change.area());
            }
        }
        return union;
    }
}
