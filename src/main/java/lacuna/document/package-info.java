/// The picture under work: layers, the current mask, what the file carried, and an undoable history. Sees `image`,
/// `io` and `job`. A document belongs to one thread; snapshots of its rasters may be read on others.
@NullMarked
package lacuna.document;

import org.jspecify.annotations.NullMarked;
