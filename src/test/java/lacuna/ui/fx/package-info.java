@NullMarked
package lacuna.ui.fx;

import org.jspecify.annotations.NullMarked;
