package lacuna.classical.exemplar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import lacuna.classical.exemplar.Scene.Spread;
import lacuna.job.CancelToken;
import lacuna.job.Progress;

/// Fills a hole with texture that the picture itself has elsewhere.
///
/// From coarse to fine, every patch that reaches into the hole looks for the patch of the known picture that is most like
/// it, and every pixel of the hole becomes the mean of what the patches over it say (Wexler et al. 2007, with the search
/// of Barnes et al. 2009).
public final class ExemplarFill {
    /// A hole of this depth is seen across by a patch.
    private static final int SHALLOW = 3;
    /// Of a hole of this depth, a hint is believed as it is.
    private static final int GUIDED = 16;
    /// Places to take from that the coarsest resolution must have.
    private static final int FEWEST_SOURCES = 400;
    private static final int MOST_ROUNDS = 10;
    /// How much more a good match counts than a poor one; in the last round, which is what people see, even more.
    private static final double SHARPNESS = 8;
    private static final double LAST_SHARPNESS = 30;
    /// In the last round, what a patch says a pixel away from its middle counts.
    private static final double LAST_CENTRE = 0.6;

    private ExemplarFill() {}

    /// What the values in the hole are at first.
    public enum Hint {
        /** They mean nothing. */
        NONE,
        /** A first idea of what belongs there, its broad shapes and colours, such as a network has: patches are looked for
         * that agree with it (the idea of Zhang et al. 2022). */
        IN_THE_HOLE
    }

    /// Fills the hole of a picture in place.
    ///
    /// @param hint what the values in the hole are at first
    /// @param seed another one gives another filling
    /// @param progress hears how far it is
    /// @return where the filling comes from; none, and nothing is changed, where there is no whole patch to take
    /// @throws lacuna.job.CancelledException when it was cancelled
    public static Optional<Matches> apply(HolePicture picture, Hint hint, long seed, Progress progress,
            CancelToken cancel) {
        // What is void gets values for the time being.
        boolean voids = picture.has(HolePicture.VOID);
        char[] values = voids ? picture.values().clone() : picture.values();
        List<Scene> scenes = scenes(new Scene(picture.width(), picture.height(), values, picture.roles(), hint, cancel),
                hint,
                cancel);
        Scene coarsest = scenes.getLast();
        if (scenes.getFirst().sourceCount() == 0) {
            return Optional.empty();
        }
        coarsest.spread(Scene.HOLE, Scene.VOID,
                hint == Hint.NONE ? Spread.COLOUR_AND_TEXTURE : Spread.TEXTURE, cancel);
        Field field = Field.random(coarsest, seed);
        // Rounds of a level cost four times as much as those of the next.
        long done = 0;
        long total = 0;
        for (int level = 0; level < scenes.size(); level++) {
            total += rounds(level) * cost(level, scenes.size());
        }
        for (int level = scenes.size() - 1; level >= 0; level--) {
            Scene scene = scenes.get(level);
            if (scene != coarsest) {
                scene.fillFrom(scenes.get(level + 1));
                scene.spread(Scene.VOID, Scene.VOID, Spread.COLOUR_AND_TEXTURE, cancel);
                field = field.twice(scene, seed + level);
                field.vote(0, 1, cancel);
            }
            for (int round = 0; round < rounds(level); round++) {
                field.measure(cancel);
                field.search(cancel);
                field.search(cancel);
                if (level == 0 && round == rounds(level) - 1) {
                    field.vote(LAST_SHARPNESS, LAST_CENTRE, cancel);
                } else {
                    field.vote(SHARPNESS, 1, cancel);
                }
                done += cost(level, scenes.size());
                progress.report(done, total);
            }
        }
        for (int i = 0; voids && i < picture.roles().length; i++) {
            if (picture.roles()[i] == Scene.HOLE) {
                System.arraycopy(values, Scene.CHANNELS * i, picture.values(), Scene.CHANNELS * i, Scene.CHANNELS);
            }
        }
        return Optional.of(new Matches(field));
    }

    private static int rounds(int level) {
        return Math.min(MOST_ROUNDS, 2 + 2 * level);
    }

    private static long cost(int level, int levels) {
        return 1L << 2 * (levels - 1 - level);
    }

    /// The picture and ever coarser versions of it, until a patch sees across the hole.
    private static List<Scene> scenes(Scene finest, Hint hint, CancelToken cancel) {
        int shallow = hint == Hint.NONE ? SHALLOW : GUIDED;
        List<Scene> scenes = new ArrayList<>(List.of(finest));
        while (scenes.getLast().deepest() > shallow) {
            cancel.throwIfCancelled();
            Scene half = scenes.getLast().half(cancel);
            if (half.sourceCount() < FEWEST_SOURCES) {
                break;
            }
            scenes.add(half);
        }
        return scenes;
    }
}
