package lacuna.editor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.operation.Operation;
import lacuna.operation.ParameterValues;
import lacuna.operation.PreviewSink;
import lacuna.operation.Provenance;
import lacuna.operation.Result;

/// One run of an operation on the document, as a preview or to be applied: what it has shown so far, and in the end what
/// it made. Belongs to the owner thread, but for [#sink(Runnable)].
final class Run implements AutoCloseable {
    private final Operation operation;
    private final ParameterValues values;
    /// The mask that it works on.
    private final Mask mask;
    private final Deque<Part> arrived = new ArrayDeque<>();
    private Use use;
    private @Nullable Task task;
    private @Nullable Raster carried;
    private @Nullable Raster shown;
    private @Nullable Result result;

    /// What becomes of the result.
    enum Use {
        SHOW, KEEP
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Part(Rect area, short[] rgba) {}

    /// @param mask taken over
    Run(Operation operation, ParameterValues values, Mask mask, Use use) {
        this.operation = operation;
        this.values = values;
        this.mask = mask;
        this.use = use;
    }

    Operation operation() {
        return operation;
    }

    boolean isFor(Operation otherOperation, ParameterValues otherValues) {
        return operation.equals(otherOperation) && values.equals(otherValues);
    }

    Mask mask() {
        return mask;
    }

    Use use() {
        return use;
    }

    void setUse(Use use) {
        this.use = use;
    }

    @Nullable
    Task task() {
        return task;
    }

    void setTask(Task task) {
        this.task = task;
    }

    /// What is to be seen: the newest that there is.
    @Nullable
    Raster shown() {
        return shown == null ? carried : shown;
    }

    /// Goes on showing what an older run has shown until there is something newer.
    void carry(Run older) {
        carried = older.shown == null ? older.carried : older.shown;
        if (older.shown == null) {
            older.carried = null;
        } else {
            older.shown = null;
        }
    }

    /// Takes finished parts on any thread.
    ///
    /// @param wake called when parts begin to wait for [#show(Raster)]
    PreviewSink sink(Runnable wake) {
        return (area, rgba) -> {
            boolean first;
            synchronized (arrived) {
                first = arrived.isEmpty();
                arrived.add(new Part(area, rgba));
            }
            if (first) {
                wake.run();
            }
        };
    }

    /// Shows the parts that have arrived.
    ///
    /// @param composite what the document looks like
    /// @return where something else is to be seen now
    Rect show(Raster composite) {
        Rect changed = Rect.EMPTY;
        while (true) {
            Part part;
            synchronized (arrived) {
                part = arrived.poll();
            }
            if (part == null) {
                return changed;
            }
            changed = changed.union(begin(composite)).union(part.area());
            if (result == null && shown != null) {
                shown.write(part.area(), part.rgba());
            }
        }
    }

    private Rect begin(Raster composite) {
        if (shown != null) {
            return Rect.EMPTY;
        }
        shown = composite.snapshot();
        if (carried != null) {
            carried.close();
            carried = null;
            return composite.bounds();
        }
        return Rect.EMPTY;
    }

    /// Takes what the operation made and shows it.
    ///
    /// @return where something else is to be seen now
    Rect finish(Result made, Raster composite) {
        Rect changed = begin(composite);
        for (int tile = 0; tile < made.raster().tileCount(); tile++) {
            if (!made.raster().sharesTile(composite, tile)) {
                changed = changed.union(made.raster().tileBounds(tile));
            }
        }
        if (shown != null) {
            shown.close();
        }
        shown = made.raster().snapshot();
        result = made;
        return changed;
    }

    boolean isFinished() {
        return result != null;
    }

    /// How the result came about, where there is one.
    Optional<Provenance> provenance() {
        return Optional.ofNullable(result).map(Result::provenance);
    }

    /// Hands the result to the caller.
    @Nullable
    Result takeResult() {
        Result made = result;
        result = null;
        return made;
    }

    /// Stops the work and lets go of everything.
    @Override
    public void close() {
        synchronized (arrived) {
            arrived.clear();
        }
        if (task != null) {
            task.job().cancel();
        }
        Closing.quietly(carried);
        Closing.quietly(shown);
        Closing.quietly(result);
        mask.close();
        carried = null;
        shown = null;
        result = null;
    }
}
