package lacuna.inference.devices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.InflaterInputStream;

import lacuna.inference.Tensor;
import lacuna.model.Manifest;

/// What models are tried with: a part of a real picture, since what a driver or half precision takes from edges and
/// texture does not show on noise or on nothing. It is cut from the sample picture by `models/training/probe.py`:
/// red, green and blue of [#SIDE] × [#SIDE] pixels, a byte each.
final class Specimen {
    private static final String FILE = "/lacuna/devices/specimen.z";
    /// Pixels along a side.
    static final int SIDE = 256;
    /// Where levels and numbers stand in their range: noise of 25 levels of 255 for a denoiser.
    private static final float MIDDLING = 0.1F;
    /// A hole is a cross of so many pixels' width in every square of [#RASTER] pixels: marks are no wider.
    private static final int STROKE = 9;
    private static final int RASTER = 64;

    private final byte[] rgb;

    private Specimen(byte[] rgb) {
        this.rgb = rgb;
    }

    static Specimen read() {
        try (InputStream in = Specimen.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IOException("the program lacks its " + FILE);
            }
            byte[] rgb = new InflaterInputStream(in).readNBytes(3 * SIDE * SIDE);
            if (rgb.length != 3 * SIDE * SIDE) {
                throw new IOException(FILE + " is cut short");
            }
            return new Specimen(rgb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fills an input with what it is for.
    void fill(Manifest.TensorSpec spec, Tensor tensor) {
        long[] shape = tensor.shape();
        int height = (int) shape[2];
        int width = (int) shape[3];
        float[] values = new float[(int) (shape[1] * height * width)];
        for (int i = 0; i < values.length; i++) {
            int x = i % width;
            int y = i / width % height;
            int plane = i / width / height;
            float unit = switch (spec.kind()) {
                case RGB, DIFFERENCE, LIGHTNESS -> (rgb[3 * (y % SIDE * SIDE + x % SIDE) + plane] & 0xff) / 255F;
                // Around grey.
                case CHROMA -> (128 + (rgb[3 * (y % SIDE * SIDE + x % SIDE) + plane] & 0xff) / 4F) / 320;
                case MASK -> x % RASTER < STROKE || y % RASTER < STROKE ? 1 : 0;
                case LEVEL, NUMBER -> MIDDLING;
            };
            values[i] = (float) (spec.low() + unit * (spec.high() - spec.low()));
        }
        tensor.put(0, values, 0, values.length);
    }
}
