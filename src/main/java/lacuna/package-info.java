/// Lacuna.
@NullMarked
package lacuna;

import org.jspecify.annotations.NullMarked;
