package lacuna.tiling;

import java.util.ArrayList;
import java.util.List;

import lacuna.image.Rect;

/// Cuts a whole picture into tiles that a network can take in one run each, with a halo of context around what is used
/// of each. All runs of a plan have the same size and begin at multiples of [SizeRule#multiple()], and every pixel of
/// the picture is used of exactly one tile.
///
/// At the picture's right and lower border a run may reach beyond it, to a length that the network takes; [Mirror]
/// says what lies there.
///
/// @param size the lengths that the network takes
/// @param longest the longest side of a run in pixels
/// @param halo pixels of context between what is used of a tile and the end of its run, except at the picture's border
public record TilePlan(SizeRule size, int longest, int halo) {
    /// A tile.
    ///
    /// @param area what is used of it
    /// @param crop what the network looks at
    public record Part(Rect area, Rect crop) {}

    public TilePlan {
        int most = longest / size.multiple() * size.multiple();
        if (halo < 0 || most < size.minimum() || most - 2 * wide(size, halo) < size.multiple()) {
            throw new IllegalArgumentException(
                    "runs of %d pixels leave no room for halos of %d".formatted(longest, halo));
        }
    }

    private static int wide(SizeRule size, int halo) {
        return Math.ceilDiv(halo, size.multiple()) * size.multiple();
    }

    /// The tiles of a picture, row by row.
    ///
    /// @param bounds the picture, which begins at 0
    public List<Part> parts(Rect bounds) {
        Cuts across = Cuts.of(this, bounds.width());
        Cuts down = Cuts.of(this, bounds.height());
        List<Part> parts = new ArrayList<>();
        for (int row = 0; row < down.count; row++) {
            for (int column = 0; column < across.count; column++) {
                parts.add(new Part(
                        Rect.between(across.from(column), down.from(row), across.from(column + 1), down.from(row + 1)),
                        new Rect(across.start(column), down.start(row), across.run, down.run)));
            }
        }
        return parts;
    }

    /// The tiles along one axis.
    ///
    /// @param length of the picture
    /// @param count of tiles
    /// @param run length of each
    /// @param halo to what is used, a multiple of the size rule's
    private record Cuts(int length, int padded, int count, int run, int halo) {
        static Cuts of(TilePlan plan, int length) {
            SizeRule size = plan.size();
            int padded = size.fit(length);
            int halo = wide(size, plan.halo());
            int most = plan.longest() / size.multiple() * size.multiple();
            if (padded <= most) {
                return new Cuts(length, padded, 1, padded, halo);
            }
            // As few as fit, then as even as they come: no sliver is left at the end.
            int count = Math.ceilDiv(padded - 2 * halo, most - 2 * halo);
            int run = size.fit(Math.ceilDiv(padded + 2 * (count - 1) * halo, count));
            return new Cuts(length, padded, count, run, halo);
        }

        /// Where the run of a tile begins.
        int start(int index) {
            return Math.min(index * (run - 2 * halo), padded - run);
        }

        /// The first pixel that is used of a tile, and the end of the one before it.
        int from(int index) {
            if (index == 0) {
                return 0;
            }
            return index == count ? length : start(index) + halo;
        }
    }
}
