/// The status line with what is under way.
@NullMarked
package lacuna.ui.jobs;

import org.jspecify.annotations.NullMarked;
