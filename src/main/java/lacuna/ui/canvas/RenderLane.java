package lacuna.ui.canvas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import lacuna.image.Rect;
import lacuna.job.JobQueue;

/// Prepares tiles beside the JavaFX thread, in the queue's display lane: the most urgent first, by a list that each
/// frame replaces, so that tiles which went out of sight are never waited for.
final class RenderLane {
    private static final System.Logger LOG = System.getLogger(RenderLane.class.getName());
    /// Finished tiles that may wait for the next frame; the lane rests when there are more.
    private static final int AHEAD = 12;

    /// Who paints tiles. Called in the lane.
    @FunctionalInterface
    interface Painter {
        /// @param area pixels of the level
        /// @param argb takes premultiplied pixels, row by row without gaps
        /// @return whether all of them are opaque
        boolean paint(int level, Rect area, int[] argb);
    }

    /// How well a tile is painted.
    enum Detail {
        /** As it is about, for as long as nothing better is there. */
        SKETCH,
        /** As it is. */
        FULL
    }

    /// A tile, or a part of one, that is wanted.
    ///
    /// @param area pixels of the level
    /// @param generation the state of the picture that is wanted, handed back with the result
    record Request(TileLayer layer, TileKey key, Rect area, long generation, Detail detail, Painter painter) {
        Request {
            if (area.isEmpty()) {
                throw new IllegalArgumentException("nothing to paint: " + key);
            }
        }

        private Target target() {
            return new Target(layer, key, generation, detail);
        }
    }

    private record Target(TileLayer layer, TileKey key, long generation, Detail detail) {}

    /// @param argb handed over whole, and given back by [#recycle(int[])]
    @SuppressWarnings("ArrayRecordComponent")
    record Rendered(Request request, int[] argb, boolean opaque) {}

    private final JobQueue queue;
    private final Runnable wake;
    private final Queue<Rendered> finished = new ConcurrentLinkedQueue<>();
    private final Queue<int[]> buffers = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Deque<Request> wanted = new ArrayDeque<>();
    private final Set<Target> underWay = new HashSet<>();
    private boolean running;

    /// @param wake called in the lane when results wait; must be cheap and safe there
    RenderLane(JobQueue queue, Runnable wake) {
        this.queue = queue;
        this.wake = wake;
    }

    /// Runs `step` in the lane, in order, before the tiles that are wanted from now on.
    void run(Runnable step) {
        synchronized (lock) {
            steps.add(step);
        }
        start();
    }

    /// Replaces what is wanted; what is being painted goes on.
    void want(List<Request> urgentFirst) {
        synchronized (lock) {
            wanted.clear();
            for (Request request : urgentFirst) {
                if (!underWay.contains(request.target())) {
                    wanted.add(request);
                }
            }
        }
        start();
    }

    /// Drops what is wanted of a layer that is to show another picture or none, of which the lane will have no such tiles.
    void forget(TileLayer layer) {
        synchronized (lock) {
            wanted.removeIf(request -> request.layer().equals(layer));
        }
    }

    /// A finished tile, or null when none waits.
    @Nullable
    Rendered poll() {
        Rendered rendered = finished.poll();
        if (rendered != null) {
            synchronized (lock) {
                underWay.remove(rendered.request().target());
            }
        }
        return rendered;
    }

    boolean hasFinished() {
        return !finished.isEmpty();
    }

    /// Whether nothing is wanted, under way or waiting.
    boolean isIdle() {
        synchronized (lock) {
            return steps.isEmpty() && wanted.isEmpty() && finished.isEmpty() && !running;
        }
    }

    void recycle(int[] argb) {
        if (buffers.size() < AHEAD) {
            buffers.add(argb);
        }
    }

    private void start() {
        synchronized (lock) {
            if (running || !hasWork()) {
                return;
            }
            running = true;
        }
        try {
            var _ = queue.submit(JobQueue.DISPLAY, "display", (_, _) -> {
                try {
                    work();
                } catch (Error e) {
                    // So that the next frame tries again.
                    ended();
                    throw e;
                }
                return Boolean.TRUE;
            });
        } catch (RejectedExecutionException e) {
            // The program is ending; nobody will see what is missing.
            ended();
        }
    }

    private void ended() {
        synchronized (lock) {
            running = false;
        }
    }

    private boolean hasWork() {
        return !steps.isEmpty() || !wanted.isEmpty() && finished.size() < AHEAD;
    }

    private void work() {
        while (true) {
            List<Runnable> due;
            Request request;
            synchronized (lock) {
                if (!hasWork()) {
                    // Within the lock, so that what is wanted next starts again.
                    running = false;
                    return;
                }
                due = new ArrayList<>(steps);
                steps.clear();
                request = due.isEmpty() ? wanted.poll() : null;
                if (request != null) {
                    underWay.add(request.target());
                }
            }
            due.forEach(RenderLane::guarded);
            if (request != null) {
                paint(request);
            }
        }
    }

    private void paint(Request request) {
        int[] argb = buffers.poll();
        int[] target = argb == null ? new int[TileKey.STORED * TileKey.STORED] : argb;
        boolean painted = false;
        try {
            painted = guarded(() -> {
                boolean opaque = request.painter().paint(request.key().level(), request.area(), target);
                finished.add(new Rendered(request, target, opaque));
            });
        } finally {
            if (!painted) {
                recycle(target);
                synchronized (lock) {
                    underWay.remove(request.target());
                }
            }
        }
        if (painted) {
            wake.run();
        }
    }

    /// What cannot be prepared (a full disk under the scratch file) leaves its place as it is. The next frame asks for
    /// it again; no frame is asked for here, or a lasting failure would be tried for ever.
    ///
    /// @return whether it went well
    private static boolean guarded(Runnable action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A part of the canvas could not be prepared", e);
            return false;
        }
    }
}
