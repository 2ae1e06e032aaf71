/// Pixels: rasters and masks in off-heap tiles, geometry, pixel arithmetic, resampling. Sees only the JDK.
@NullMarked
package lacuna.image;

import org.jspecify.annotations.NullMarked;
