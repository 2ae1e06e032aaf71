/// Preferences and the folders of the program. Sees the JDK and JSON.
@NullMarked
package lacuna.settings;

import org.jspecify.annotations.NullMarked;
