package lacuna.editor;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.io.Picture;

/// What an opening job has read. Closing it lets go of both.
record OpenedPicture(Picture picture, @Nullable Mask mask) implements AutoCloseable {
    @Override
    public void close() {
        picture.close();
        if (mask != null) {
            mask.close();
        }
    }
}
