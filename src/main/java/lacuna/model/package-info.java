/// Models: a folder each with a manifest, `model.json`, and its network; the library of those that are installed.
@NullMarked
package lacuna.model;

import org.jspecify.annotations.NullMarked;
