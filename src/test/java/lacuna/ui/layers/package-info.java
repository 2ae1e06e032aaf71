@NullMarked
package lacuna.ui.layers;

import org.jspecify.annotations.NullMarked;
