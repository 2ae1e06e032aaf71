/// Which device runs a model: what this machine has, what of it tells the truth, and what is fastest for a model.
@NullMarked
package lacuna.inference.devices;

import org.jspecify.annotations.NullMarked;
