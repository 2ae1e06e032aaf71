/// What tests share.
@NullMarked
package lacuna.testing;

import org.jspecify.annotations.NullMarked;
