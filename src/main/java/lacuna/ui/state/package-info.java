/// The editor as the screen sees it: what can be done now, and how to say what went wrong.
@NullMarked
package lacuna.ui.state;

import org.jspecify.annotations.NullMarked;
