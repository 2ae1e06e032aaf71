/// Tests of reading and writing files.
@NullMarked
package lacuna.io;

import org.jspecify.annotations.NullMarked;
