/// What needs no network: OpenCV's two inpainting methods, the baseline of the figures; what runs on through a filling;
/// and how much noise a picture holds.
@NullMarked
package lacuna.classical;

import org.jspecify.annotations.NullMarked;
