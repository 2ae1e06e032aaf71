@NullMarked
package lacuna.ui.history;

import org.jspecify.annotations.NullMarked;
