/// The list of what was done.
@NullMarked
package lacuna.ui.history;

import org.jspecify.annotations.NullMarked;
