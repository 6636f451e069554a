package dev.slipway.backend.invoicing.pdf;

import org.openpdf.text.DocumentException;
import org.openpdf.text.pdf.BaseFont;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The fonts of every invoice: they come with Slipway and are embedded, so that no reader picks its
/// own. Figures are tabular.
record Faces(Face regular, Face medium, Face bold) {

    static Faces load() {
        return new Faces(face("Regular"), face("Medium"), face("Bold"));
    }

    private static Face face(String weight) {
        String name = "Roboto-" + weight + ".ttf";
        try (var in = Faces.class.getResourceAsStream("/assets/fonts/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new Face(
                    BaseFont.createFont(
                            name,
                            BaseFont.IDENTITY_H,
                            BaseFont.EMBEDDED,
                            false,
                            in.readAllBytes(),
                            null));
        } catch (DocumentException e) {
            throw new IllegalStateException("can't use the font " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
