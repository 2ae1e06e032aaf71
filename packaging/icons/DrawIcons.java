import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;

import javax.imageio.ImageIO;

/// Draws the program's icon: a landscape with a piece missing, which the brush ring is about to fill.
/// From the project folder: `java packaging/icons/DrawIcons.java`.
final class DrawIcons {
    private DrawIcons() {}

    public static void main(String[] arguments) throws IOException {
        for (int size : new int[] {16, 32, 48, 128, 256}) {
            ImageIO.write(icon(size), "png", new File("resources/lacuna/icons/lacuna-" + size + ".png"));
        }
    }

    private static BufferedImage icon(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 64.0, size / 64.0);
        RoundRectangle2D frame = new RoundRectangle2D.Double(3, 3, 58, 58, 16, 16);
        Area picture = new Area(frame);
        // At 16 pixels the hole must stay readable, so it is large.
        Ellipse2D hole = new Ellipse2D.Double(30, 12, 24, 24);
        picture.subtract(new Area(hole));
        g.setClip(picture);
        g.setPaint(new GradientPaint(0, 3, new Color(0x8ec5ff), 0, 46, new Color(0x3f7fd6)));
        g.fill(frame);
        Path2D far = new Path2D.Double();
        far.moveTo(0, 46);
        far.lineTo(19, 24);
        far.lineTo(40, 50);
        far.lineTo(50, 38);
        far.lineTo(66, 54);
        far.lineTo(66, 66);
        far.lineTo(0, 66);
        far.closePath();
        g.setPaint(new Color(0x1f4a8c));
        g.fill(far);
        Path2D near = new Path2D.Double();
        near.moveTo(0, 56);
        near.curveTo(18, 46, 40, 60, 66, 50);
        near.lineTo(66, 66);
        near.lineTo(0, 66);
        near.closePath();
        g.setPaint(new Color(0x12305e));
        g.fill(near);
        g.setClip(null);
        g.setPaint(new Color(0xff2d55));
        g.setStroke(new BasicStroke(size < 32 ? 6 : 4));
        g.draw(hole);
        g.dispose();
        return image;
    }
}
