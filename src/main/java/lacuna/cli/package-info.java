/// The command line: picocli commands over the rooms below, without JavaFX.
@NullMarked
package lacuna.cli;

import org.jspecify.annotations.NullMarked;
