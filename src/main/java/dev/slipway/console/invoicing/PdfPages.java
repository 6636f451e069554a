package dev.slipway.console.invoicing;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An opened PDF. PDFBox's documents are for one thread at a time: so are rendering and closing
/// here.
final class PdfPages implements AutoCloseable {
    private final byte[] bytes;
    private final PDDocument document;
    private final PDFRenderer renderer;
    private final List<Double> widths;

    private PdfPages(byte[] bytes, PDDocument document) {
        this.bytes = bytes;
        this.document = document;
        this.renderer = new PDFRenderer(document);
        List<Double> all = new ArrayList<>();
        document.getPages().forEach(page -> all.add(width(page)));
        this.widths = List.copyOf(all);
    }

    static PdfPages open(byte[] bytes) throws IOException {
        return new PdfPages(bytes, Loader.loadPDF(bytes));
    }

    int count() {
        return widths.size();
    }

    /// A page's width in points, 72 to the inch. Known from the start: the UI thread asks for it
    /// while another page is being rendered.
    ///
    /// @param page from 1
    double width(int page) {
        return widths.get(page - 1);
    }

    private static double width(PDPage page) {
        PDRectangle box = page.getCropBox();
        return page.getRotation() % 180 == 0 ? box.getWidth() : box.getHeight();
    }

    /// @param page from 1
    /// @param scale pixels to a point
    synchronized BufferedImage render(int page, double scale) throws IOException {
        return renderer.renderImage(page - 1, (float) scale, ImageType.RGB);
    }

    /// The file as it was received.
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public synchronized void close() throws IOException {
        document.close();
    }
}
