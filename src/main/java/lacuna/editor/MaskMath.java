package lacuna.editor;

import lacuna.image.Mask;
import lacuna.image.Rect;

/// What is done to whole masks. Tiles that hold nothing cost nothing.
final class MaskMath {
    private MaskMath() {}

    /// Turns kept and changed around.
    static void invert(Mask mask) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            Rect area = mask.tileBounds(tile);
            if (mask.isVacant(tile)) {
                mask.fill(area, 255);
                continue;
            }
            byte[] pixels = new byte[(int) area.area()];
            mask.read(area, pixels);
            boolean nothing = true;
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) ~pixels[i];
                nothing &= pixels[i] == 0;
            }
            if (nothing) {
                mask.clearTile(tile);
            } else {
                mask.write(area, pixels);
            }
        }
    }

    /// Clears `mask` where it still is as in `done`; what was painted since stays.
    static void clearWhereEqual(Mask mask, Mask done) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            if (mask.isVacant(tile)) {
                continue;
            }
            if (mask.sharesTile(done, tile)) {
                mask.clearTile(tile);
                continue;
            }
            Rect area = mask.tileBounds(tile);
            byte[] now = new byte[(int) area.area()];
            byte[] then = new byte[now.length];
            mask.read(area, now);
            done.read(area, then);
            for (int i = 0; i < now.length; i++) {
                if (now[i] == then[i]) {
                    now[i] = 0;
                }
            }
            mask.write(area, now);
        }
    }

    /// Makes `mask` equal to `other`, sharing its memory.
    static void replace(Mask mask, Mask other) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            mask.shareTile(other, tile);
        }
    }

    /// Whether the mask keeps everything.
    static boolean isEmpty(Mask mask) {
        return mask.coveredBounds().isEmpty();
    }
}
