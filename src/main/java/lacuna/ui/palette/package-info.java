/// The command palette: every action, found by typing.
@NullMarked
package lacuna.ui.palette;

import org.jspecify.annotations.NullMarked;
