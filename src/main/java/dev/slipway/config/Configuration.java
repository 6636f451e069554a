package dev.slipway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The one configuration file of all Slipway's processes, with environment variables over it: the
/// key `port` of the section `backend` is also `SLIPWAY_BACKEND_PORT`, with `_` for `-`.
///
/// Every section is read by the feature that owns it. Paths in the file are relative to the file.
public final class Configuration {
    /// The sections that there are.
    public static final List<String> SECTIONS =
            List.of(
                    "environment",
                    "backend",
                    "worker",
                    "queues",
                    "databases",
                    "migration",
                    "invoicing",
                    "schedules",
                    "mail",
                    "exports",
                    "pictures",
                    "workers",
                    "router",
                    "shop",
                    "sandbox",
                    "console");

    /// Those of them that are lists.
    public static final List<String> LISTS = List.of("brokers");

    private final String name;
    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems = new Problems();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, List<Section>> lists = new LinkedHashMap<>();

    private Configuration(Path file, String text, Map<String, String> environment) {
        this.name = file.toString();
        this.folder = file.toAbsolutePath().normalize().resolveSibling("");
        this.environment = Map.copyOf(environment);
        if (!text.isBlank()) {
            try (Section root = Section.parse(name, text, problems)) {
                for (String section : SECTIONS) {
                    Section found = root.section(section);
                    if (found != null) {
                        sections.put(section, found);
                    }
                }
                for (String list : LISTS) {
                    lists.put(list, root.sections(list));
                }
            }
        }
        problems.throwIfAny(name);
    }

    /// Reads a configuration file; one that does not exist counts as empty.
    ///
    /// @throws BadFile if it is not YAML or holds an unknown section
    /// @throws UncheckedIOException if it can't be read
    public static Configuration read(Path file, Map<String, String> environment) {
        try {
            return new Configuration(
                    file, Files.exists(file) ? Files.readString(file) : "", environment);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    /// A section, empty if the file has none. The caller closes it when it has asked for
    /// everything, then calls [#check].
    public Section section(String section) {
        Section found = sections.getOrDefault(section, Section.empty(problems));
        String prefix = "SLIPWAY_" + section.toUpperCase(Locale.ROOT) + "_";
        environment.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.override(
                                key.substring(prefix.length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'),
                                value);
                    }
                });
        return found;
    }

    /// The entries of a section that is a list; empty if the file has none. The caller closes each.
    public List<Section> list(String section) {
        return lists.getOrDefault(section, List.of());
    }

    /// Ends the start if anything that was read so far was wrong.
    ///
    /// @throws BadFile naming every problem with its line
    public void check() {
        problems.throwIfAny(name);
    }

    /// The file itself, there or not.
    public Path file() {
        return folder.resolve(Path.of(name).getFileName());
    }

    /// A path of the file, made absolute.
    public Path path(String path) {
        return folder.resolve(path).normalize();
    }

    /// A secret that a section names by `KEY-file` or `KEY-env`, never by its value; empty if it
    /// names none.
    public String secret(Section section, String key) {
        String file = section.textOrNull(key + "-file");
        String variable = section.textOrNull(key + "-env");
        if (file != null) {
            try {
                return Files.readString(path(file)).strip();
            } catch (IOException e) {
                section.problem(key + "-file", "can't read the secret file " + path(file));
            }
        } else if (variable != null) {
            String value = environment.get(variable);
            if (value != null) {
                return value;
            }
            section.problem(key + "-env", "the environment variable " + variable + " is not set");
        }
        return "";
    }

    /// A database by its name in the section `databases`: `url`, and `user`, `password-file`,
    /// `password-env` if it wants them.
    ///
    /// @throws BadFile if there is none of that name, or its entry is wrong
    public Database database(String database) {
        Section all = section("databases");
        Section one = all.section(database);
        if (one == null) {
            problems.add(
                    all.line(),
                    0,
                    "there is no database '" + database + "'" + Nearest.hint(database, all.keys()));
            throw new BadFile(name, problems.all());
        }
        try (one) {
            var found =
                    new Database(one.text("url"), one.text("user", ""), secret(one, "password"));
            check();
            return found;
        }
    }
}
