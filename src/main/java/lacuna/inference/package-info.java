/// Running networks on tensors, behind an interface: engine, session, device, tensor.
@NullMarked
package lacuna.inference;

import org.jspecify.annotations.NullMarked;
