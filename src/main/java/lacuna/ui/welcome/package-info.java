/// What the window shows while no picture is open.
@NullMarked
package lacuna.ui.welcome;

import org.jspecify.annotations.NullMarked;
