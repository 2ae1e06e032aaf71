/// Reading and writing picture files: pixels, EXIF, XMP and ICC as raw segments, limits, atomic saves, and the way from
/// a profile to the screen. The only room with ImageIO, AWT and metadata libraries. Sees `image` and the JDK.
///
/// A new format is one class that implements [lacuna.io.FileFormat] and one line in [lacuna.io.FileFormats].
@NullMarked
package lacuna.io;

import org.jspecify.annotations.NullMarked;
