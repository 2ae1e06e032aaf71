/// What helps a person find their way: the keys, what the program is.
@NullMarked
package lacuna.ui.help;

import org.jspecify.annotations.NullMarked;
