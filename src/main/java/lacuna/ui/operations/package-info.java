/// The panel of operations. It is made from what an operation says about itself: a new operation needs nothing here.
@NullMarked
package lacuna.ui.operations;

import org.jspecify.annotations.NullMarked;
