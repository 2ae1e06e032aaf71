/// What a person can do, without a screen: open, paint, preview, apply, undo, save. The user interface and the command
/// line are two faces of it. Sees every room but those two.
@NullMarked
package lacuna.editor;

import org.jspecify.annotations.NullMarked;
