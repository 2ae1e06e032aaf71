/// Exemplar fill: a hole filled with texture that the photo itself has elsewhere.
@NullMarked
package lacuna.classical.exemplar;

import org.jspecify.annotations.NullMarked;
