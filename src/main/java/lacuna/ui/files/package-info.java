/// Choosing files and how they are written.
@NullMarked
package lacuna.ui.files;

import org.jspecify.annotations.NullMarked;
