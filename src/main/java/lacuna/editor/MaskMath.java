package lacuna.editor;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Rect;

/// What is done to whole masks. Tiles that hold nothing cost nothing.
final class MaskMath {
    private MaskMath() {}

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
            boolean nothing = true;
            for (int i = 0; i < now.length; i++) {
                if (now[i] == then[i]) {
                    now[i] = 0;
                }
                nothing &= now[i] == 0;
            }
            if (nothing) {
                mask.clearTile(tile);
            } else {
                mask.write(area, now);
            }
        }
    }

    /// Where pixels may be taken from.
    ///
    /// @param take from where; from everywhere while nothing is marked
    /// @param avoid from where not
    /// @return 0 where none may be taken, the caller's to close; null where nothing is marked
    static @Nullable Mask allowed(Mask take, Mask avoid) {
        boolean everywhere = take.isEmpty();
        if (everywhere && avoid.isEmpty()) {
            return null;
        }
        Mask allowed = everywhere ? Mask.create(take.store(), take.width(), take.height()) : take.snapshot();
        try {
            if (everywhere) {
                allowed.fill(allowed.bounds(), 255);
            }
            for (int tile = 0; tile < avoid.tileCount(); tile++) {
                if (!avoid.isVacant(tile)) {
                    Rect area = avoid.tileBounds(tile);
                    byte[] now = new byte[(int) area.area()];
                    byte[] not = new byte[now.length];
                    allowed.read(area, now);
                    avoid.read(area, not);
                    for (int i = 0; i < now.length; i++) {
                        now[i] = not[i] == 0 ? now[i] : 0;
                    }
                    allowed.write(area, now);
                }
            }
            return allowed;
        } catch (Throwable t) {
            allowed.close();
            throw t;
        }
    }

    /// Makes `mask` equal to `other`, sharing its memory.
    static void replace(Mask mask, Mask other) {
        for (int tile = 0; tile < mask.tileCount(); tile++) {
            mask.shareTile(other, tile);
        }
    }
}
