package dev.slipway.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class UsersCommandIT {
    @TempDir Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsDisablesAndEnables() throws Exception {
        try (var backend = new RunningBackend(home)) {
            String viewer = backend.token(Role.VIEWER);

            assertThat(run(backend, "correct horse battery")).isZero();
            assertThat(out.toString()).contains("a-viewer", "VIEWER").doesNotContain("disabled");
            assertThat(run(backend, "correct horse battery", "disable", "a-viewer")).isZero();
            assertThat(out.toString()).contains("disabled");
            assertThat(backend.get("/api/v1/session", viewer).statusCode()).isEqualTo(401);
            assertThat(run(backend, "correct horse battery", "enable", "a-viewer")).isZero();
            assertThat(backend.logInAs(Role.VIEWER)).isNotEmpty();
        }
    }

    @Test
    void saysWhatWasRefused() throws Exception {
        try (var backend = new RunningBackend(home)) {
            backend.token(Role.ADMIN);
            assertThat(run(backend, "wrong")).isEqualTo(1);
            assertThat(err.toString()).contains("User and password don't fit.");
            assertThat(run(backend, "correct horse battery", "disable", "admin")).isEqualTo(1);
            assertThat(err.toString()).contains("No one can disable themselves");
        }
    }

    private int run(RunningBackend backend, String password, String... rest) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            String[] arguments = new String[2 + rest.length];
            arguments[0] = "--connect";
            arguments[1] = backend.uri("").toString();
            System.arraycopy(rest, 0, arguments, 2, rest.length);
            return new CommandLine(new UsersCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
        } finally {
            System.setIn(before);
        }
    }
}
