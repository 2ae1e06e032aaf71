/// What the hand holds over the canvas: one class a tool, listed in [lacuna.ui.tools.Tools].
@NullMarked
package lacuna.ui.tools;

import org.jspecify.annotations.NullMarked;
