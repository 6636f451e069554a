package dev.slipway.console.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.console.shell.Screen;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

class HelpPagesTest {
    private static final Path FOLDER = Path.of("assets/help");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)]+)\\)");

    private final List<HelpPage> pages = HelpPages.load();

    @Test
    void everyScreenHasAPage() {
        assertThat(pages)
                .extracting(HelpPage::name)
                .contains(Screen.values()[0].helpPage())
                .containsAll(List.of(Screen.values()).stream().map(Screen::helpPage).toList());
    }

    @Test
    void everyFileIsListed() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".md"))
                                    .map(name -> name.replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(HelpPages.names());
        }
    }

    @Test
    void everyLinkResolves() {
        for (HelpPage page : pages) {
            var found = LINK.matcher(page.text());
            while (found.find()) {
                assertThat(FOLDER.resolve(found.group(1)))
                        .as("a link in %s.md", page.name())
                        .exists();
            }
        }
    }

    @Test
    void theReadmeLinksToThePages() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        var found = Pattern.compile("\\((assets/help/[^)]+)\\)").matcher(readme);
        int links = 0;
        while (found.find()) {
            assertThat(Path.of(found.group(1))).exists();
            links++;
        }
        assertThat(links).isGreaterThan(pages.size());
    }

    @Test
    void pagesAreFoundByAllTheirWords() {
        var model = new HelpViewModel(pages);
        model.query().set("dead  WORKER");
        assertThat(model.found()).extracting(HelpPage::name).contains("queues", "invoice-not-sent");
        assertThat(model.found()).hasSizeLessThan(pages.size());
        assertThat(model.page().get()).isEqualTo(model.found().getFirst());
        model.show("launch");
        assertThat(model.query().get()).isEmpty();
        assertThat(model.found()).hasSameSizeAs(pages);
        assertThat(model.page().get().name()).isEqualTo("launch");
    }
}
