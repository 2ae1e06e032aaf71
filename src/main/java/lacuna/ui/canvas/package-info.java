/// The canvas: shows a picture of any size, its mask, before and after, and hands the pointer to the tool in hand.
@NullMarked
package lacuna.ui.canvas;

import org.jspecify.annotations.NullMarked;
