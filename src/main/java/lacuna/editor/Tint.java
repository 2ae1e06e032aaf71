package lacuna.editor;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;
import lacuna.job.Job;
import lacuna.job.JobQueue;
import lacuna.job.Outcome;
import lacuna.operation.Operation;
import lacuna.operation.ParameterValues;

/// What the chosen operation would change for the current mask, kept up to date at the speed of a brush: after a stroke
/// only the surroundings of the stroke are computed again; where that would be too much at once (a parameter changed on
/// a large mask), it is done on the display lane.
///
/// The mask that it hands out is one object for its life. Belongs to the owner thread.
final class Tint implements AutoCloseable {
    /// More pixels than this are computed in the background. Below it, a grown mask takes a few milliseconds.
    private static final long AT_ONCE = 4L << 20;
    private static final int BLOCK = 4 * TileGrid.TILE;

    private final Mask source;
    private final Mask tint;
    private final JobQueue jobs;
    private final Executor owner;
    private final Consumer<Rect> changed;
    private @Nullable Operation operation;
    private @Nullable ParameterValues values;
    private Rect pending;
    private @Nullable Job<Mask> background;
    private boolean closed;

    /// @param source the document's mask
    /// @param operation that it follows from the beginning
    /// @param changed hears on the owner thread that the tint differs although the mask does not
    Tint(Mask source, @Nullable Operation operation, @Nullable ParameterValues values, JobQueue jobs, Executor owner,
            Consumer<Rect> changed) {
        this.source = source;
        this.tint = Mask.create(source.store(), source.width(), source.height());
        this.operation = operation;
        this.values = values;
        this.jobs = jobs;
        this.owner = owner;
        this.changed = changed;
        this.pending = source.writtenBounds();
    }

    /// Whether this is the tint of `mask`.
    boolean follows(Mask mask) {
        return source == mask;
    }

    /// Follows another operation, or the same with other values.
    void choose(@Nullable Operation newOperation, @Nullable ParameterValues newValues) {
        operation = newOperation;
        values = newValues;
        stop();
        pending = source.writtenBounds().union(tint.writtenBounds());
        changed.accept(reached(pending));
    }

    /// Takes note that the mask differs within `area`.
    ///
    /// @return where the tint may differ
    Rect invalidate(Rect area) {
        pending = pending.union(area);
        return reached(area);
    }

    /// The tint as far as it is known; what is missing is on its way when this returns.
    Mask current() {
        Rect due = pending;
        if (due.isEmpty()) {
            return tint;
        }
        Operation chosen = operation;
        ParameterValues chosenValues = values;
        if (chosen == null || chosenValues == null || chosen.maskUse() == Operation.MaskUse.NONE) {
            for (int tile : tint.tilesIn(reached(due))) {
                tint.shareTile(source, tile);
            }
            pending = Rect.EMPTY;
        } else if (due.area() <= AT_ONCE) {
            // While a whole tint is on its way this may be written over by an older state: then it stays due.
            pending = background == null ? Rect.EMPTY : due;
            compute(source, tint, reached(due), chosen, chosenValues, new CancelToken());
        } else if (background == null) {
            pending = Rect.EMPTY;
            startAll(chosen, chosenValues);
        }
        return tint;
    }

    private void startAll(Operation chosen, ParameterValues chosenValues) {
        Mask snapshot = source.snapshot();
        Inputs held = new Inputs(snapshot);
        var _ = jobs.<Mask>submit(JobQueue.DISPLAY, "tint", (_, cancel) -> {
            try (Inputs.Held _ = held.take()) {
                Mask whole = Mask.create(snapshot.store(), snapshot.width(), snapshot.height());
                try {
                    compute(snapshot, whole, whole.bounds(), chosen, chosenValues, cancel);
                    return whole;
                } catch (Throwable t) {
                    whole.close();
                    throw t;
                }
            }
        }, job -> {
            background = job;
            job.whenDone(outcome -> {
                held.giveUp();
                owner.execute(() -> arrived(job, outcome));
            });
        });
    }

    private void arrived(Job<Mask> job, Outcome<Mask> outcome) {
        boolean wanted = job == background && !closed;
        if (wanted) {
            background = null;
        }
        switch (outcome) {
            case Outcome.Succeeded<Mask>(Mask whole) -> {
                if (wanted) {
                    for (int tile = 0; tile < tint.tileCount(); tile++) {
                        tint.shareTile(whole, tile);
                    }
                    changed.accept(tint.bounds());
                }
                whole.close();
            }
            case Outcome.Failed<Mask>(Throwable cause) -> System.getLogger(Tint.class.getName())
                    .log(System.Logger.Level.ERROR, "The tint could not be computed", cause);
            case Outcome.Cancelled<Mask>() -> {
                // Something newer is on its way.
            }
        }
    }

    /// Computes the tint of `area` block by block from the mask around each block; blocks without any mask cost
    /// nothing.
    private static void compute(Mask from, Mask to, Rect area, Operation operation, ParameterValues values,
            CancelToken cancel) {
        for (int y = area.y() / BLOCK * BLOCK; y < area.bottom(); y += BLOCK) {
            for (int x = area.x() / BLOCK * BLOCK; x < area.right(); x += BLOCK) {
                cancel.throwIfCancelled();
                Rect block = new Rect(x, y, BLOCK, BLOCK).intersection(area);
                Rect around = block.grown(Operation.MASK_REACH).intersection(from.bounds());
                if (from.isVacant(around)) {
                    to.fill(block, 0);
                } else {
                    computeBlock(from, to, block, around, operation, values);
                }
            }
        }
    }

    private static void computeBlock(Mask from, Mask to, Rect block, Rect around, Operation operation,
            ParameterValues values) {
        byte[] pixels = new byte[(int) around.area()];
        from.read(around, pixels);
        try (Mask part = Mask.create(from.store(), around.width(), around.height())) {
            part.write(part.bounds(), pixels);
            try (Mask effective = operation.effectiveMask(part, values)) {
                effective.read(block.translated(-around.x(), -around.y()), pixels);
                to.write(block, pixels);
            }
        }
    }

    private Rect reached(Rect area) {
        return area.grown(Operation.MASK_REACH).intersection(tint.bounds());
    }

    private void stop() {
        Job<Mask> job = background;
        background = null;
        if (job != null) {
            job.cancel();
        }
    }

    @Override
    public void close() {
        closed = true;
        stop();
        tint.close();
    }
}
