/// Tests of the panel of operations.
@NullMarked
package lacuna.ui.operations;

import org.jspecify.annotations.NullMarked;
