/// Measures what operations and their models are worth, on public sets, against classical methods and known networks.
@NullMarked
package lacuna.evaluate;

import org.jspecify.annotations.NullMarked;
