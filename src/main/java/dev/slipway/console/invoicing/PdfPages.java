package dev.slipway.console.invoicing;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

import java.awt.image.BufferedImage;
import java.io.IOException;

/// An opened PDF. PDFBox's documents are for one thread at a time: so are the methods here.
final class PdfPages implements AutoCloseable {
    private final byte[] bytes;
    private final PDDocument document;
    private final PDFRenderer renderer;

    private PdfPages(byte[] bytes, PDDocument document) {
        this.bytes = bytes;
        this.document = document;
        this.renderer = new PDFRenderer(document);
    }

    static PdfPages open(byte[] bytes) throws IOException {
        return new PdfPages(bytes, Loader.loadPDF(bytes));
    }

    int count() {
        return document.getNumberOfPages();
    }

    /// A page's width in points, 72 to the inch.
    ///
    /// @param page from 1
    synchronized double width(int page) {
        PDRectangle box = document.getPage(page - 1).getCropBox();
        boolean turned = document.getPage(page - 1).getRotation() % 180 != 0;
        return turned ? box.getHeight() : box.getWidth();
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
