@NullMarked
package lacuna.cli;

import org.jspecify.annotations.NullMarked;
