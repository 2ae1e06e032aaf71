/// The preferences.
@NullMarked
package lacuna.ui.preferences;

import org.jspecify.annotations.NullMarked;
