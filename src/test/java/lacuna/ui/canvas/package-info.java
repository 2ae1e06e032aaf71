@NullMarked
package lacuna.ui.canvas;

import org.jspecify.annotations.NullMarked;
