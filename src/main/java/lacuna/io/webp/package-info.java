/// OpenCV's WebP encoder, the only one within reach of Java. Writing only: untrusted bytes never come here. With
/// `classical` the only room that sees `org.bytedeco`.
@NullMarked
package lacuna.io.webp;

import org.jspecify.annotations.NullMarked;
