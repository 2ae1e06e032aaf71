@NullMarked
package lacuna.inference.runtime;

import org.jspecify.annotations.NullMarked;
