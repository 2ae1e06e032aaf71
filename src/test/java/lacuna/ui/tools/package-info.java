@NullMarked
package lacuna.ui.tools;

import org.jspecify.annotations.NullMarked;
