package lacuna.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What was done and can be undone, newest first; and what was undone and can be done again. Bounded by the bytes that
/// the steps hold: the oldest are dropped.
public final class History implements AutoCloseable {
    private final Document document;
    private final long budget;
    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private long states;
    private State start = new State(0, 0);
    private long savedPicture;
    private long savedMask;
    /// The last picture that was handed out to be saved: its name must not come to mean another one.
    private long handedOut;

    /// Names what there is at one moment. Equal names mean equal pixels, whatever was done in between.
    ///
    /// @param picture names what a save writes
    /// @param mask names the current mask
    record State(long picture, long mask) {}

    /// One undoable step.
    ///
    /// @param nameKey key of the text that names it
    /// @param before what there was before the step
    /// @param after what there is after it; what the step leaves alone keeps its name
    record Step(String nameKey, List<Edit> parts, State before, State after) implements AutoCloseable {
        long bytes() {
            return parts.stream().mapToLong(Edit::bytes).sum();
        }

        boolean touchesPicture() {
            return before.picture() != after.picture();
        }

        Change undo(Document document) {
            Change change = Change.NONE;
            for (Edit part : parts.reversed()) {
                change = change.and(part.swap(document));
            }
            return change;
        }

        Change redo(Document document) {
            Change change = Change.NONE;
            for (Edit part : parts) {
                change = change.and(part.swap(document));
            }
            return change;
        }

        @Override
        public void close() {
            parts.forEach(Edit::close);
        }
    }

    History(Document document, long budget) {
        this.document = document;
        this.budget = budget;
    }

    /// Takes a step that was done.
    void push(String nameKey, List<Edit> parts) {
        undone.forEach(Step::close);
        undone.clear();
        State before = state();
        states++;
        State after = new State(parts.stream().anyMatch(Edit::touchesPicture) ? states : before.picture(),
                parts.stream().anyMatch(Edit::touchesMask) ? states : before.mask());
        done.push(new Step(nameKey, parts, before, after));
        while (done.size() > 1 && bytes() > budget) {
            Step oldest = done.removeLast();
            start = oldest.after();
            oldest.close();
        }
    }

    /// The newest step when it was `nameKey` and nothing was handed out to be saved since, so that another of its kind
    /// can join it.
    @Nullable
    Step joinable(String nameKey) {
        Step newest = done.peek();
        boolean joins = newest != null && undone.isEmpty() && newest.nameKey().equals(nameKey)
                && newest.after().picture() != handedOut;
        return joins ? newest : null;
    }

    public boolean canUndo() {
        return !done.isEmpty();
    }

    public boolean canRedo() {
        return !undone.isEmpty();
    }

    /// Key of the text that names what [#undo()] takes back.
    public Optional<String> undoKey() {
        return Optional.ofNullable(done.peek()).map(Step::nameKey);
    }

    /// Key of the text that names what [#redo()] does again.
    public Optional<String> redoKey() {
        return Optional.ofNullable(undone.peek()).map(Step::nameKey);
    }

    /// Whether the next [#undo()] changes what a save writes.
    public boolean undoTouchesPicture() {
        Step step = done.peek();
        return step != null && step.touchesPicture();
    }

    /// Whether the next [#redo()] changes what a save writes.
    public boolean redoTouchesPicture() {
        Step step = undone.peek();
        return step != null && step.touchesPicture();
    }

    /// All steps, oldest first; the first [#position()] of them are done, the others undone.
    public List<String> nameKeys() {
        List<String> keys = new ArrayList<>();
        done.descendingIterator().forEachRemaining(step -> keys.add(step.nameKey()));
        undone.forEach(step -> keys.add(step.nameKey()));
        return keys;
    }

    /// How many of the steps are done.
    public int position() {
        return done.size();
    }

    /// Bytes of pixels that all steps hold.
    public long bytes() {
        long sum = 0;
        for (Step step : done) {
            sum += step.bytes();
        }
        for (Step step : undone) {
            sum += step.bytes();
        }
        return sum;
    }

    /// Takes the newest step back; does nothing when there is none.
    public Change undo() {
        Step step = done.poll();
        if (step == null) {
            return Change.NONE;
        }
        Change change = step.undo(document);
        undone.push(step);
        return change;
    }

    /// Does the last step that was taken back again; does nothing when there is none.
    public Change redo() {
        Step step = undone.poll();
        if (step == null) {
            return Change.NONE;
        }
        Change change = step.redo(document);
        done.push(step);
        return change;
    }

    /// Names the picture that is about to be saved.
    long handOut() {
        handedOut = state().picture();
        return handedOut;
    }

    /// Names what there is now; the same names come back when undo and redo lead here again.
    State state() {
        Step newest = done.peek();
        return newest == null ? start : newest.after();
    }

    /// Takes note that the file holds the picture of that name.
    void savedPicture(long picture) {
        savedPicture = picture;
    }

    /// Takes note that a file holds the mask of that name.
    void savedMask(long mask) {
        savedMask = mask;
    }

    /// Whether the picture differs from the one that was last saved (or opened).
    boolean isPictureUnsaved() {
        return state().picture() != savedPicture;
    }

    /// Whether the mask differs from the one that was last saved (or opened).
    boolean isMaskUnsaved() {
        return state().mask() != savedMask;
    }

    @Override
    public void close() {
        done.forEach(Step::close);
        undone.forEach(Step::close);
        done.clear();
        undone.clear();
    }
}
