/// The window: its parts put together, its actions, its look. What each part shows lives in a room of its own.
@NullMarked
package lacuna.ui;

import org.jspecify.annotations.NullMarked;
