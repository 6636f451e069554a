package dev.slipway.backend.migration.plan;

import dev.slipway.config.BadFile;
import dev.slipway.config.Nearest;
import dev.slipway.config.Problems;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a plan, telling everything that is wrong in it at once.
public final class PlanReader {
    private static final Set<String> ENGINES = Set.of("sqlite", "postgresql");
    private final Path folder;
    private final Problems problems = new Problems();
    private final StringBuilder everything = new StringBuilder();

    private PlanReader(Path folder) {
        this.folder = folder;
    }

    /// Reads the plan in a file; SQL files that it names are relative to it.
    ///
    /// @throws BadFile naming every problem with its line
    /// @throws IOException if it can't be read
    public static MigrationPlan read(Path file) throws IOException {
        return understand(file).whole();
    }

    /// Reads the plan in a file as far as it can be understood.
    ///
    /// @throws BadFile if it is no YAML, or not of keys and values
    /// @throws IOException if it can't be read
    public static Understood understand(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        return understand(file.toString(), Files.readString(file), folder);
    }

    /// Reads a plan's text.
    ///
    /// @param name what its problems are filed under
    /// @param folder of the SQL files that it names
    /// @throws BadFile naming every problem with its line
    public static MigrationPlan read(String name, String yaml, Path folder) {
        return understand(name, yaml, folder).whole();
    }

    /// Reads a plan's text as far as it can be understood.
    ///
    /// @param name what its problems are filed under
    /// @param folder of the SQL files that it names
    /// @throws BadFile if it is no YAML, or not of keys and values
    public static Understood understand(String name, String yaml, Path folder) {
        var reader = new PlanReader(folder);
        return new Understood(name, reader.plan(name, yaml), reader.problems);
    }

    private MigrationPlan plan(String file, String yaml) {
        everything.append(Timing.without(yaml));
        try (Section root = Section.parse(file, yaml, problems)) {
            String name = root.text("name");
            String description = root.text("description", "");
            String source = root.text("source", "");
            String target = root.text("target", "");
            var schemas = schemas(root.section("schema"));
            List<Step> steps = root.sections("steps").stream().map(this::step).toList();
            var checks = root.sections("validations").stream().map(PlanReader::check).toList();
            Window window = WindowReader.read(root.section("window"));
            Throttle throttle = ThrottleReader.read(root.section("throttle"));
            if (!root.has("steps")) {
                root.problem("steps", "'steps' is missing");
            }
            new References(steps, problems).check();
            return new MigrationPlan(
                    name,
                    description,
                    source,
                    target,
                    schemas,
                    steps,
                    checks,
                    window,
                    throttle,
                    yaml,
                    hash());
        }
    }

    private Map<String, Schema> schemas(@Nullable Section all) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        if (all != null) {
            try (all) {
                for (String engine : ENGINES.stream().sorted().toList()) {
                    Section one = all.section(engine);
                    if (one != null) {
                        try (one) {
                            schemas.put(
                                    engine,
                                    new Schema(
                                            sql(one, "before"),
                                            one.line("before"),
                                            sql(one, "after"),
                                            one.line("after")));
                        }
                    }
                }
            }
        }
        return schemas;
    }

    /// SQL that stands in the plan itself, or in a file beside it.
    private String sql(Section section, String key) {
        String text = section.text(key, "").strip();
        if (text.isEmpty() || text.contains(" ") || text.contains("\n")) {
            return text;
        }
        try {
            String sql = Files.readString(folder.resolve(text));
            everything.append('\0').append(sql);
            return sql;
        } catch (IOException e) {
            section.problem(key, "can't read the SQL file '" + text + "' beside the plan");
            return "";
        }
    }

    private Step step(Section section) {
        try (section) {
            String name = section.text("name");
            if (!name.isEmpty() && !name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} _.-]{0,79}")) {
                section.problem("name", "a step's name must be letters, digits, blanks and _ . -");
            }
            SourceQuery source = source(section);
            List<Match> matches = matches(section.section("match"));
            String merge = section.textOrNull("merge");
            int chunk = section.integer("chunk-rows", 5_000);
            if (chunk < 1 || chunk > 100_000) {
                section.problem("chunk-rows", "'chunk-rows' must be from 1 to 100000");
            }
            List<Column> columns = columns(section, section.section("columns"));
            if (section.has("repeats") && merge != null) {
                section.problem("repeats", "'repeats' and 'merge' exclude each other");
            }
            if (merge != null && matches.stream().noneMatch(m -> m.name().equals(merge))) {
                var known = matches.stream().map(Match::name).toList();
                section.problem(
                        "merge",
                        "'merge' must name a key of 'match', not '"
                                + merge
                                + "'"
                                + Nearest.hint(merge, known));
            }
            return new Step(
                    section.line(),
                    name,
                    source,
                    section.texts("key"),
                    section.text("target"),
                    columns,
                    matches,
                    merge,
                    section.texts("repeats"),
                    skips(section.section("skip")),
                    chunk,
                    section.texts("repairs"));
        }
    }

    private static SourceQuery source(Section step) {
        Section section = step.section("source");
        if (section == null) {
            step.problem("source", "'source' must hold 'table: NAME' or 'sql: SELECT …'");
            return new SourceQuery(step.line(), "", "", "");
        }
        try (section) {
            var query =
                    new SourceQuery(
                            section.line(),
                            section.text("table", ""),
                            section.text("sql", "").strip(),
                            section.text("where", "").strip(),
                            section.line("where"),
                            expressions(section.section("expressions")));
            if (query.table().isEmpty() == query.sql().isEmpty()) {
                section.problem("table", "'source' must hold either 'table' or 'sql'");
            }
            return query;
        }
    }

    private static Map<String, String> expressions(@Nullable Section section) {
        Map<String, String> expressions = new LinkedHashMap<>();
        if (section != null) {
            try (section) {
                section.keys().forEach(name -> expressions.put(name, section.text(name).strip()));
            }
        }
        return expressions;
    }

    private static List<Match> matches(@Nullable Section all) {
        List<Match> matches = new ArrayList<>();
        if (all != null) {
            try (all) {
                for (String name : all.keys()) {
                    Section one = all.section(name);
                    if (one != null) {
                        matches.add(match(name, one));
                    }
                }
            }
        }
        return matches;
    }

    private static Match match(String name, Section section) {
        try (section) {
            List<String> normal = section.texts("normal");
            for (String word : normal) {
                if (!Match.NORMAL.contains(word)) {
                    section.problem(
                            "normal",
                            "'normal' does not know '"
                                    + word
                                    + "'"
                                    + Nearest.hint(word, Match.NORMAL));
                }
            }
            List<String> columns = section.texts("columns");
            if (columns.isEmpty()) {
                section.problem("columns", "'columns' must name the source columns of the key");
            }
            return new Match(section.line(), name, columns, normal);
        }
    }

    private static Map<String, List<String>> skips(@Nullable Section section) {
        Map<String, List<String>> skips = new LinkedHashMap<>();
        if (section != null) {
            try (section) {
                section.keys().forEach(column -> skips.put(column, section.texts(column)));
            }
        }
        return skips;
    }

    private static List<Column> columns(Section step, @Nullable Section all) {
        List<Column> columns = new ArrayList<>();
        if (all == null) {
            step.problem("columns", "'columns' must name each target column with its type");
            return columns;
        }
        try (all) {
            Set<String> names = new HashSet<>();
            for (String name : all.keys()) {
                Section one = all.section(name);
                if (one != null && names.add(name)) {
                    columns.add(new ColumnReader(name, one).read());
                }
            }
        }
        return columns;
    }

    private static PlanCheck check(Section section) {
        try (section) {
            return new PlanCheck(
                    section.line(),
                    section.text("name"),
                    section.text("source").strip(),
                    section.line("source"),
                    section.text("target").strip(),
                    section.line("target"));
        }
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = everything.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
