/// Named functions from picture and mask to picture: one file an operation, its parameters beside it, the registry.
@NullMarked
package lacuna.operation;

import org.jspecify.annotations.NullMarked;
