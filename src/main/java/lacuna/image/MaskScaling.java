package lacuna.image;

/// Makes a mask larger along with its picture, tile by tile, by linear interpolation between the middles of pixels.
/// A mask without soft edges stays one: its border then runs where half of it covers.
public final class MaskScaling {
    private static final int HALF = 128;

    private final Mask from;
    private final Mask to;
    private final boolean hard;
    private final boolean full;

    /// @param from the mask
    /// @param to of another size and empty: written tile by tile
    public MaskScaling(Mask from, Mask to) {
        this.from = from;
        this.to = to;
        this.hard = from.isHard();
        this.full = hard && isFull(from);
        if (full) {
            // All tiles share one memory.
            to.fill(to.bounds(), 255);
        }
    }

    private static boolean isFull(Mask mask) {
        byte[] pixels = new byte[TileGrid.TILE * TileGrid.TILE];
        for (int index = 0; index < mask.tileCount(); index++) {
            Rect tile = mask.tileBounds(index);
            if (mask.isVacant(index)) {
                return false;
            }
            mask.read(tile, pixels);
            for (int i = 0; i < tile.area(); i++) {
                if (pixels[i] != -1) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Writes tile `index` of the larger mask.
    public void tile(int index) {
        if (full) {
            return;
        }
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
                if (hard) {
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
