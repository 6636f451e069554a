package dev.slipway.console.pictures;

import dev.slipway.api.tasks.Picture;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import java.util.Objects;

/// A picture of a run as the table shows it.
///
/// @param size in pixels before, a dash if it was rejected
/// @param before how large its file is
/// @param after how large all is that was made of it, a dash if nothing was or it is gone
/// @param remark why it was rejected
public record PictureRow(
        Picture picture, String state, String size, String before, String after, String remark) {

    static PictureRow of(Picture picture, Wording words) {
        return new PictureRow(
                picture,
                words.of("pictureState", picture.state()),
                picture.width() == null || picture.height() == null
                        ? Figures.UNKNOWN
                        : Figures.count(picture.width()) + " × " + Figures.count(picture.height()),
                Format.bytes(picture.bytes()),
                picture.madeBytes().isEmpty() ? Figures.UNKNOWN : Format.bytes(madeBytes(picture)),
                Objects.requireNonNullElse(picture.reason(), ""));
    }

    /// All that was made of it; negative if nothing was.
    static long madeBytes(Picture picture) {
        return picture.madeBytes().isEmpty()
                ? -1
                : picture.madeBytes().stream().mapToLong(Long::longValue).sum();
    }
}
