/// Cutting pictures into pieces that a network can see: size rules, tile plans, halos, blending. Pure arithmetic.
@NullMarked
package lacuna.tiling;

import org.jspecify.annotations.NullMarked;
