/// Threads and time for the screen: the way onto the JavaFX thread, waiting for a change to settle, and thinning out
/// what comes faster than a screen shows. The one room that calls `Platform.runLater`.
@NullMarked
package lacuna.ui.fx;

import org.jspecify.annotations.NullMarked;
