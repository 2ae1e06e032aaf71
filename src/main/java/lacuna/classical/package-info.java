/// What needs no network: OpenCV's two inpainting methods, the baseline of the figures.
@NullMarked
package lacuna.classical;

import org.jspecify.annotations.NullMarked;
