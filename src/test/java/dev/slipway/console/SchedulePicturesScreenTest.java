package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Saves pictures of the schedules for people to look at.
class SchedulePicturesScreenTest {
    @TempDir Path folder;

    @Test
    void ofABadWeekOfAnEditAndOfALostBackend() throws Exception {
        try (var place = new Workplace(folder)) {
            ConsoleHarness console = place.console();
            console.online(Role.ADMIN);
            place.keep(java.util.List.of());
            console.show(Screen.SCHEDULES);
            console.await(place::isShown);
            console.picture("schedules-none");
            place.keep(20);
            place.answer(20);
            console.show(Screen.OVERVIEW);
            console.show(Screen.SCHEDULES);
            console.await(place::isShown);
            place.keys().tabTo("schedules").press(KeyCode.HOME);
            console.await(() -> Workplace.rows("history") == 3);
            // it stands on the day that failed last
            place.keys().tabTo("calendar").press(KeyCode.RIGHT).press(KeyCode.LEFT);
            console.await(() -> Workplace.text("about").contains("can't be read"));
            console.picture("schedules-week");
            console.offline(Duration.ofSeconds(42));
            console.picture("schedules-offline");
            console.online(Role.ADMIN);
            place.keys().tabTo("change").press(KeyCode.SPACE);
            console.await(() -> Workplace.text("cronWords").equals("every day at 02:00"));
            console.picture("schedules-edit");
        }
        assertThat(Files.exists(Path.of("target/pictures/schedules-edit-dark-1920x1080.png")))
                .isTrue();
    }
}
