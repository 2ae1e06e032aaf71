package lacuna.operation;

import lacuna.image.Raster;
import lacuna.image.Rect;

/// Gives pixels that nobody can see colours from those around them, so that a network that looks at them draws no fringe
/// of what happens to be hidden there.
final class HiddenColours {
    /// How far colours reach, in pixels. What is farther from anything visible becomes grey: a network makes nothing of
    /// it that can be seen.
    static final int REACH = 16;
    private static final float FAR = 0.5f;
    private static final byte KNOWN = 1;
    /// Known once its ring is complete.
    private static final byte FOUND = 2;

    private HiddenColours() {}

    /// The colours of an area with those of fully transparent pixels replaced. What a pixel becomes depends on nothing
    /// farther away than [#REACH], so that tiles agree.
    ///
    /// @param pixels of the area, RGBA
    /// @param table the value of each of the 65536 that a pixel may have
    /// @return three planes
    static float[] covered(short[] pixels, Rect area, float[] table) {
        int plane = (int) area.area();
        float[] colours = new float[3 * plane];
        byte[] known = new byte[plane];
        boolean hidden = false;
        boolean visible = false;
        for (int i = 0; i < plane; i++) {
            if (pixels[4 * i + 3] == 0) {
                hidden = true;
                continue;
            }
            visible = true;
            known[i] = KNOWN;
            for (int c = 0; c < Raster.CHANNELS - 1; c++) {
                colours[c * plane + i] = table[pixels[4 * i + c] & 0xffff];
            }
        }
        if (hidden && visible) {
            spread(colours, known, area.width(), area.height());
        }
        if (hidden) {
            for (int i = 0; i < plane; i++) {
                if (known[i] == 0) {
                    for (int c = 0; c < 3; c++) {
                        colours[c * plane + i] = FAR;
                    }
                }
            }
        }
        return colours;
    }

    /// One ring a time: a pixel becomes the mean of its neighbours that were known before.
    private static void spread(float[] colours, byte[] known, int width, int height) {
        int[] ring = new int[width * height];
        int[] next = new int[width * height];
        int count = 0;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0 && mean(colours, known, width, height, i)) {
                ring[count] = i;
                count++;
            }
        }
        for (int pass = 1; pass < REACH && count > 0; pass++) {
            for (int k = 0; k < count; k++) {
                known[ring[k]] = KNOWN;
            }
            int found = 0;
            for (int k = 0; k < count; k++) {
                found = reach(ring[k], colours, known, width, height, next, found);
            }
            int[] done = ring;
            ring = next;
            next = done;
            count = found;
        }
        for (int k = 0; k < count; k++) {
            known[ring[k]] = KNOWN;
        }
    }

    /// Gives the unknown neighbours of a pixel their colours.
    private static int reach(int from, float[] colours, byte[] known, int width, int height, int[] next, int before) {
        int found = before;
        int x = from % width;
        int y = from / width;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                int i = v * width + u;
                if (known[i] == 0 && mean(colours, known, width, height, i)) {
                    known[i] = FOUND;
                    next[found] = i;
                    found++;
                }
            }
        }
        return found;
    }

    private static boolean mean(float[] colours, byte[] known, int width, int height, int at) {
        int plane = width * height;
        int x = at % width;
        int y = at / width;
        int count = 0;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                int i = v * width + u;
                if (known[i] == KNOWN) {
                    count++;
                    red += colours[i];
                    green += colours[plane + i];
                    blue += colours[2 * plane + i];
                }
            }
        }
        if (count == 0) {
            return false;
        }
        colours[at] = red / count;
        colours[plane + at] = green / count;
        colours[2 * plane + at] = blue / count;
        return true;
    }
}
