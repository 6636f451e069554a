package dev.slipway.console.settings;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.http.Problem;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.console.fx.Background;
import dev.slipway.console.fx.FileDialogs;
import dev.slipway.console.fx.Theme;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

class ConnectionsViewModelIT {
    @TempDir Path folder;

    private final List<Connection> opened = new ArrayList<>();
    private final List<Connection> forgotten = new CopyOnWriteArrayList<>();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void keepsWhatTheFormSaysAndAnotherStartFindsIt() {
        var model = model(Optional.empty());
        model.name().set(" prod ");
        model.url().set("https://shop.example:8443");
        model.tokenFile().set("");

        assertThat(model.save()).isTrue();

        var prod = new Connection("prod", URI.create("https://shop.example:8443"), null);
        assertThat(model(Optional.empty()).all()).containsExactly(prod);
        model.selected().set(prod);
        model.open();
        assertThat(opened).containsExactly(prod);
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://x:1",
        "a, ''",
        "a, shop.example",
        "a, ftp://x:1",
        "a, 'http://a b'",
        "a, http:///path"
    })
    void aWrongFormIsRefusedBesideIt(String name, String url) {
        var model = model(Optional.empty());
        model.name().set(name);
        model.url().set(url);

        assertThat(model.save()).isFalse();

        assertThat(model.error().get()).isNotEmpty();
        assertThat(model.all()).isEmpty();
    }

    @Test
    void oneOfTheSameNameIsReplacedAndOneCanBeForgotten() {
        var model = model(Optional.empty());
        for (String url : List.of("http://a:1", "http://b:2")) {
            model.name().set("x");
            model.url().set(url);
            model.save();
        }
        assertThat(model.all()).hasSize(1);
        assertThat(model.all().getFirst().url()).hasHost("b");

        model.remove();

        eventually("forgotten", () -> model.all().isEmpty());
        assertThat(forgotten).extracting(Connection::name).containsExactly("x");
    }

    @Test
    void whatCanNotBeDeletedStaysInTheList() {
        var model = model(Optional.empty());
        model.name().set("locked");
        model.url().set("http://a:1");
        model.save();

        model.remove();

        eventually("told", () -> problems.size() == 1);
        assertThat(model.all()).hasSize(1);
    }

    private void forget(Connection connection) throws IOException {
        if (connection.name().equals("locked")) {
            throw new IOException("someone has it open");
        }
        forgotten.add(connection);
    }

    @Test
    void asksTheSandboxAndTellsWhatWentWrong() {
        var model =
                model(
                        Optional.of(
                                new Sandbox() {
                                    @Override
                                    public Connection connection() {
                                        return new Connection(
                                                "sandbox", URI.create("http://127.0.0.1:1"), null);
                                    }

                                    @Override
                                    public CompletionStage<Void> start(Consumer<String> progress) {
                                        return CompletableFuture.completedFuture(null);
                                    }

                                    @Override
                                    public void stopBackend() {
                                        asked.add("stop");
                                    }

                                    @Override
                                    public void startBackend() {
                                        throw new IllegalStateException("no port");
                                    }

                                    @Override
                                    public void visitors(double factor) {
                                        asked.add("visitors " + factor);
                                    }
                                }));

        model.stopBackend();
        model.visitors(4);
        model.startBackend();

        eventually("asked", () -> asked.size() == 2 && problems.size() == 1);
        assertThat(asked).containsExactlyInAnyOrder("stop", "visitors 4.0");
        assertThat(problems.getFirst().detail()).contains("no port");
    }

    @Test
    void settingsThatCanNotBeReadAreSetAsideAndTheConsoleStarts() throws Exception {
        Files.writeString(file(), "{\"theme\":");

        var settings = new SettingsFile(file());

        assertThat(settings.get().theme()).isEqualTo(Theme.SYSTEM);
        assertThat(folder.resolve("settings.json.damaged")).exists();
    }

    private Path file() {
        return folder.resolve("settings.json");
    }

    private ConnectionsViewModel model(Optional<Sandbox> sandbox) {
        return new ConnectionsViewModel(
                new Desk(
                        new SettingsFile(file()),
                        opened::add,
                        this::forget,
                        sandbox,
                        FileDialogs.SYSTEM),
                new Background(Runnable::run),
                problems::add,
                ConsoleWiring.texts());
    }
}
