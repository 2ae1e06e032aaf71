package lacuna.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import lacuna.classical.exemplar.ExemplarFill.Hint;
import lacuna.classical.exemplar.Matches;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileGrid;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// Fills holes with texture that the picture has elsewhere, one cluster after the other
/// ([lacuna.classical.exemplar.ExemplarFill]).
///
/// A cluster knows nothing of the others, so that it comes out the same whatever is done first.
final class TextureFill {
    /// Pixels around a hole that are looked at: as many as it is deep and a quarter more, but so many at least.
    private static final int LEAST_CONTEXT = 96;
    /// Pixels beyond a part that are filled with it, so that the next part goes on from something.
    private static final int OVERLAP = 32;

    /// Pixels from the known picture beyond which what a network says is a blur.
    private static final int DEEP = 96;

    /// What a hole holds before texture comes into it.
    enum Rough {
        /** Nothing. */
        NONE,
        /** What a network made of it at the picture's own resolution. */
        STRUCTURE,
        /** What a network made of it, its core at a lower resolution. */
        STRUCTURE_AROUND_CORE
    }

    private final FillWindow.Inputs inputs;
    private final HoleCluster.Map map;
    private final HoleBlend blend;
    private final Raster result;
    private final PreviewSink preview;
    private final CancelToken cancel;

    /// @param blend lays filled pixels into the result
    /// @param result what the preview shows
    TextureFill(FillWindow.Inputs inputs, HoleCluster.Map map, HoleBlend blend, Raster result, PreviewSink preview,
            CancelToken cancel) {
        this.inputs = inputs;
        this.map = map;
        this.blend = blend;
        this.result = result;
        this.preview = preview;
        this.cancel = cancel;
    }

    /// Fills clusters.
    ///
    /// @param rough whether `fill` holds a rough filling: where it is not deep it is followed, and where it is plain it
    ///        runs on
    /// @param seed another one gives another filling
    /// @param visible what is filled first
    /// @throws OperationException where there is nothing to take from and no rough filling either
    void run(List<HoleCluster> clusters, Rough rough, long seed, Rect visible, Progress progress)
            throws OperationException {
        List<HoleCluster> order = new ArrayList<>(clusters);
        order.sort(Comparator.comparing(c -> !c.box().intersects(visible)));
        long total = order.stream().mapToLong(c -> c.box().area()).sum();
        long done = 0;
        for (HoleCluster cluster : order) {
            for (Rect part : cluster.parts()) {
                long before = done;
                run(cluster, part, rough, seed,
                        (now, all) -> progress.report(before + part.area() * now / Math.max(1, all), total));
                done += part.area();
                progress.report(done, total);
            }
        }
    }

    private void run(HoleCluster cluster, Rect part, Rough rough, long seed, Progress progress)
            throws OperationException {
        cancel.throwIfCancelled();
        Hint hint = rough == Rough.NONE || cluster.depth() > DEEP ? Hint.NONE : Hint.IN_THE_HOLE;
        Rough before = rough == Rough.STRUCTURE && HoleLevel.hasCore(cluster.depth())
                ? Rough.STRUCTURE_AROUND_CORE
                : rough;
        if (inputs.hole().isVacant(part)) {
            return;
        }
        Rect bounds = inputs.picture().bounds();
        Rect near = part.grown(Math.max(LEAST_CONTEXT, cluster.depth() * 5 / 4)).intersection(bounds);
        if (inputs.source() != null) {
            near = near.union(inputs.source().coveredBounds());
        }
        for (Rect area : near.equals(bounds) ? List.of(near) : List.of(near, bounds)) {
            FillWindow.States states = (x, y) -> state(cluster, part, x, y);
            FillWindow window = FillWindow.read(inputs, area, FillWindow.step(area, part), states, cancel);
            Optional<Matches> matches = window.search(hint, before,
                    31 * (31 * seed + part.y()) + part.x(), progress, cancel);
            if (matches.isPresent()) {
                window.write(part, matches.get(), states, cancel);
                show(part);
                return;
            }
        }
        if (inputs.source() != null) {
            throw new OperationException(OperationException.Problem.SOURCE_EMPTY);
        }
        if (rough == Rough.NONE) {
            throw new OperationException(OperationException.Problem.TEXTURE_MISSING);
        }
    }

    /// Parts are filled from the top left: what lies before this one is done.
    private FillWindow.State state(HoleCluster cluster, Rect part, int x, int y) {
        if (map.labelAt(x, y) != cluster.label()) {
            return FillWindow.State.FOREIGN;
        }
        if (part.contains(x, y)) {
            return FillWindow.State.WANTED;
        }
        boolean before = y < part.y() || y < part.bottom() && x < part.x();
        if (before) {
            return FillWindow.State.DONE;
        }
        return part.grown(OVERLAP).contains(x, y) ? FillWindow.State.WANTED : FillWindow.State.FOREIGN;
    }

    private void show(Rect area) {
        for (int top = area.y(); top < area.bottom(); top += TileGrid.TILE) {
            for (int left = area.x(); left < area.right(); left += TileGrid.TILE) {
                Rect block = new Rect(left, top, TileGrid.TILE, TileGrid.TILE).intersection(area);
                if (inputs.hole().isVacant(block)) {
                    continue;
                }
                blend.lay(block);
                short[] rgba = new short[(int) block.area() * Raster.CHANNELS];
                result.read(block, rgba);
                preview.tile(block, rgba);
            }
        }
    }
}
