package dev.slipway.backend.invoicing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.invoicing.Samples;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

class InvoicePdfTest {
    @Test
    void look() throws Exception {
        var pdf = new InvoicePdf();
        Path out = Files.createDirectories(Path.of("target/look"));
        Files.write(
                out.resolve("one.pdf"),
                pdf.render(Samples.invoice(Samples.terms("en-IE", null), 5), Samples.draft("a")));
        Files.write(
                out.resolve("many.pdf"),
                pdf.render(
                        Samples.invoice(Samples.terms("de-DE", null), 70),
                        Samples.released("b", "INV-2026-000001")));
        assertThat(out).exists();
    }
}
