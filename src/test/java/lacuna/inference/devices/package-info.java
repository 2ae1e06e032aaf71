@NullMarked
package lacuna.inference.devices;

import org.jspecify.annotations.NullMarked;
