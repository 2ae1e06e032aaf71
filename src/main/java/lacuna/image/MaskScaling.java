package lacuna.image;

/// Makes a mask larger along with its picture, tile by tile, by linear interpolation between the middles of pixels.
/// A mask without soft edges stays one: its border then runs where half of it covers.
public final class MaskScaling {
    private static final int HALF = 128;

    private final Mask from;
    private final Mask to;
    private final Edges edges;

    /// What a mask is made of.
    private enum Edges {
        /** It covers everything. */
        NONE,
        /** Each pixel is covered or not. */
        HARD,
        /** There are pixels that are covered in part. */
        SOFT
    }

    private MaskScaling(Mask from, Mask to, Edges edges) {
        this.from = from;
        this.to = to;
        this.edges = edges;
    }

    /// A mask in another size.
    ///
    /// @param width of the result, at least the mask's
    /// @param height of the result, at least the mask's
    /// @param between called before each tile, of the mask and of the result; what it throws ends the work, and nothing is
    ///        left behind
    /// @return the caller's to close
    public static Mask scaled(Mask from, int width, int height, Runnable between) {
        Mask to = Mask.create(from.store(), width, height);
        try {
            Edges edges = edges(from, between);
            if (edges == Edges.NONE) {
                // All tiles share one memory.
                to.fill(to.bounds(), 255);
                return to;
            }
            MaskScaling scaling = new MaskScaling(from, to, edges);
            for (int tile = 0; tile < to.tileCount(); tile++) {
                between.run();
                scaling.tile(tile);
            }
            return to;
        } catch (Throwable t) {
            to.close();
            throw t;
        }
    }

    private static Edges edges(Mask mask, Runnable between) {
        byte[] pixels = new byte[TileGrid.TILE * TileGrid.TILE];
        Edges found = Edges.NONE;
        for (int index = 0; index < mask.tileCount(); index++) {
            if (mask.isVacant(index)) {
                found = Edges.HARD;
                continue;
            }
            between.run();
            Rect tile = mask.tileBounds(index);
            mask.read(tile, pixels);
            for (int i = 0; i < tile.area(); i++) {
                if (pixels[i] == 0) {
                    found = Edges.HARD;
                } else if (pixels[i] != -1) {
                    return Edges.SOFT;
                }
            }
        }
        return found;
    }

    private void tile(int index) {
        Rect tile = to.tileBounds(index);
        double stepX = (double) from.width() / to.width();
        double stepY = (double) from.height() / to.height();
        Rect under = Rect.between((int) Math.floor(tile.x() * stepX) - 1, (int) Math.floor(tile.y() * stepY) - 1,
                (int) Math.ceil(tile.right() * stepX) + 1, (int) Math.ceil(tile.bottom() * stepY) + 1)
                .intersection(from.bounds());
        if (from.isVacant(under)) {
            return;
        }
        byte[] source = new byte[(int) under.area()];
        from.read(under, source);
        byte[] out = new byte[(int) tile.area()];
        boolean any = false;
        for (int y = 0; y < tile.height(); y++) {
            double v = Math.clamp((tile.y() + y + 0.5) * stepY - 0.5, 0, from.height() - 1.0);
            int top = (int) v - under.y();
            int bottom = Math.min(top + 1, under.height() - 1);
            float down = (float) (v - Math.floor(v));
            for (int x = 0; x < tile.width(); x++) {
                double u = Math.clamp((tile.x() + x + 0.5) * stepX - 0.5, 0, from.width() - 1.0);
                int left = (int) u - under.x();
                int right = Math.min(left + 1, under.width() - 1);
                float across = (float) (u - Math.floor(u));
                float upper = mix(source, top * under.width() + left, top * under.width() + right, across);
                float lower = mix(source, bottom * under.width() + left, bottom * under.width() + right, across);
                int value = Math.round(upper + (lower - upper) * down);
                if (edges == Edges.HARD) {
                    value = value >= HALF ? 255 : 0;
                }
                out[y * tile.width() + x] = (byte) value;
                any |= value != 0;
            }
        }
        if (any) {
            to.write(tile, out);
        }
    }

    private static float mix(byte[] source, int one, int other, float share) {
        float a = source[one] & 0xff;
        return a + ((source[other] & 0xff) - a) * share;
    }
}
