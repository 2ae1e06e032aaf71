package lacuna.evaluate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.imageio.ImageIO;

import org.jspecify.annotations.Nullable;

import lacuna.image.Rect;

/// Sheets of twelve pictures before and after, to be looked at.
final class Sheet {
    private static final int EACH = 12;
    private static final int COLUMNS = 3;
    private static final int SIDE = 320;

    private final @Nullable Path folder;
    private final String name;
    private final List<BufferedImage> panels = new ArrayList<>();
    private int written;

    /// @param folder null for nothing to be written
    Sheet(@Nullable Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /// Adds a part of a picture, reduced where it is larger than a panel.
    ///
    /// @param hole tinted in what was before
    void add(Planes before, Planes after, boolean[] hole, Rect part) throws EvaluationException {
        if (folder == null) {
            return;
        }
        BufferedImage pair = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        draw(pair, 0, before, hole, part);
        draw(pair, SIDE, after, new boolean[hole.length], part);
        panels.add(pair);
        if (panels.size() == EACH) {
            write();
        }
    }

    private static void draw(BufferedImage onto, int left, Planes planes, boolean[] hole, Rect part) {
        Rect seen = part.intersection(new Rect(0, 0, planes.width(), planes.height()));
        BufferedImage image = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < seen.height(); y++) {
            for (int x = 0; x < seen.width(); x++) {
                int i = (seen.y() + y) * planes.width() + seen.x() + x;
                int rgb = hole[i] ? 0xff00ff : 0;
                for (int c = 0; c < 3 && !hole[i]; c++) {
                    rgb = rgb << 8 | Math.round(Math.clamp(planes.values()[c * planes.plane() + i], 0, 1) * 255);
                }
                image.setRGB(x, y, rgb);
            }
        }
        double scale = Math.min(1, (double) SIDE / Math.max(seen.width(), seen.height()));
        Graphics2D g = onto.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(image, left, 0, (int) (seen.width() * scale), (int) (seen.height() * scale), null);
        g.dispose();
    }

    /// Writes what is left.
    void finish() throws EvaluationException {
        if (!panels.isEmpty()) {
            write();
        }
    }

    private void write() throws EvaluationException {
        int rows = Math.ceilDiv(panels.size(), COLUMNS);
        BufferedImage sheet = new BufferedImage(COLUMNS * 2 * SIDE, rows * SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            g.drawImage(panels.get(i), i % COLUMNS * 2 * SIDE, i / COLUMNS * SIDE, null);
        }
        g.dispose();
        panels.clear();
        written++;
        Path folder = Objects.requireNonNull(this.folder);
        Path file = folder.resolve("%s-%d.png".formatted(name, written));
        try {
            Files.createDirectories(folder);
            ImageIO.write(sheet, "png", file.toFile());
        } catch (IOException e) {
            throw new EvaluationException("“%s” cannot be written: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
