/// What every panel is built of: texts, actions, icons, rows with a slider and a number. Knows no editor.
@NullMarked
package lacuna.ui.kit;

import org.jspecify.annotations.NullMarked;
