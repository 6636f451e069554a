package dev.slipway.backend.migration.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a statement of the binlog does to tables.
///
/// @param tables that it changes, makes anew or takes away; not those that it only mentions
/// @param database that it takes away; empty if none
/// @param harmless whether the columns that were there keep their places, names and types
/// @param added columns that come behind those that were there
record Alteration(List<Table> tables, String database, boolean harmless, int added) {
    /// A comment, or the signs around one that the server runs; or a word, a text, a sign.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<note>/\\*(?!!|M!).*?\\*/|--\\s[^\\n]*|#[^\\n]*|/\\*M?!\\d*|\\*/)"
                            + "|`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*'"
                            + "|\"(?:[^\"\\\\]|\"\"|\\\\.)*\"|[\\p{L}\\p{N}_$@]+|[^\\s]",
                    Pattern.DOTALL);

    private static final Set<String> KEYS =
            Set.of(
                    "INDEX",
                    "KEY",
                    "UNIQUE",
                    "FULLTEXT",
                    "SPATIAL",
                    "FOREIGN",
                    "CONSTRAINT",
                    "CHECK");
    private static final Set<String> SETTINGS =
            Set.of(
                    "ENGINE",
                    "ROW_FORMAT",
                    "COMMENT",
                    "AUTO_INCREMENT",
                    "ALGORITHM",
                    "LOCK",
                    "FORCE",
                    "ENABLE",
                    "DISABLE",
                    "KEY_BLOCK_SIZE");

    /// @param schema empty if the statement does not say
    record Table(String schema, String name) {}

    Alteration {
        tables = List.copyOf(tables);
    }

    /// What a statement does; empty if it changes no table.
    static Optional<Alteration> of(String sql) {
        var words = new Words(tokens(sql));
        if (words.skip("ALTER")) {
            return altered(words);
        }
        if (words.skip("RENAME") && (words.skip("TABLE") || words.skip("TABLES"))) {
            words.skip("IF", "EXISTS");
            return gone(words, "TO");
        }
        if (words.skip("DROP")) {
            if (words.skip("DATABASE") || words.skip("SCHEMA")) {
                words.skip("IF", "EXISTS");
                return Optional.of(new Alteration(List.of(), name(words.next()), false, 0));
            }
            if (words.skip("TEMPORARY")) {
                return Optional.empty();
            }
            if (words.skip("TABLE") || words.skip("TABLES")) {
                words.skip("IF", "EXISTS");
                return gone(words, ",");
            }
        }
        if (words.skip("CREATE", "OR", "REPLACE") && words.skip("TABLE")) {
            return gone(words, ",");
        }
        return Optional.empty();
    }

    /// The table that `TRUNCATE`, or `DELETE` of all its rows, empties.
    static Optional<Table> emptied(String sql) {
        var words = new Words(tokens(sql));
        if (words.skip("TRUNCATE")) {
            words.skip("TABLE");
            return Optional.of(words.table());
        }
        if (words.skip("DELETE", "FROM")) {
            Table table = words.table();
            return words.more() ? Optional.empty() : Optional.of(table);
        }
        return Optional.empty();
    }

    /// The first word of a statement, in capitals.
    static String verb(String sql) {
        return words(sql, 1);
    }

    /// The first words of a statement, in capitals, with a space between them.
    static String words(String sql, int count) {
        List<String> words = new ArrayList<>();
        var found = TOKEN.matcher(sql);
        while (words.size() < count && found.find()) {
            if (found.group("note") == null) {
                words.add(upper(found.group()));
            }
        }
        return String.join(" ", words);
    }

    private static List<String> tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        var found = TOKEN.matcher(sql);
        while (found.find()) {
            if (found.group("note") == null) {
                tokens.add(found.group());
            }
        }
        return tokens;
    }

    private static String name(String token) {
        return token.length() > 1 && token.startsWith("`")
                ? token.substring(1, token.length() - 1).replace("``", "`")
                : token;
    }

    /// Every table that stands between these words or commas.
    private static Optional<Alteration> gone(Words words, String between) {
        List<Table> tables = new ArrayList<>();
        do {
            tables.add(words.table());
        } while (words.skip(between) || words.skip(","));
        return Optional.of(new Alteration(tables, "", false, 0));
    }

    private static Optional<Alteration> altered(Words words) {
        words.skip("ONLINE");
        words.skip("IGNORE");
        if (!words.skip("TABLE")) {
            return Optional.empty();
        }
        words.skip("IF", "EXISTS");
        Table table = words.table();
        boolean harmless = true;
        int added = 0;
        while (words.more()) {
            List<String> clause = words.clause();
            boolean column = addsColumn(clause);
            added += column ? 1 : 0;
            harmless &= column || isHarmless(clause);
        }
        return Optional.of(new Alteration(List.of(table), "", harmless, added));
    }

    /// Whether a clause adds one column, behind all others.
    private static boolean addsColumn(List<String> clause) {
        var words = new Words(clause);
        if (!words.skip("ADD")) {
            return false;
        }
        boolean said = words.skip("COLUMN");
        words.skip("IF", "NOT", "EXISTS");
        String name = words.next();
        boolean other =
                name.equals("(")
                        || !said
                                && (KEYS.contains(upper(name))
                                        || Set.of("PRIMARY", "PERIOD", "SYSTEM", "PARTITION")
                                                .contains(upper(name)));
        return !other && words.rest().stream().noneMatch(w -> Set.of("FIRST", "AFTER").contains(w));
    }

    private static boolean isHarmless(List<String> clause) {
        String first = clause.isEmpty() ? "" : upper(clause.getFirst());
        String second = clause.size() < 2 ? "" : upper(clause.get(1));
        return switch (first) {
            case "ADD", "DROP" -> KEYS.contains(second);
            case "RENAME" -> second.equals("INDEX") || second.equals("KEY");
            default -> SETTINGS.contains(first);
        };
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    /// Tokens, one after another.
    private static final class Words {
        private final List<String> tokens;
        private int at;

        Words(List<String> tokens) {
            this.tokens = tokens;
        }

        boolean more() {
            return at < tokens.size();
        }

        String next() {
            return more() ? tokens.get(at++) : "";
        }

        /// Goes past these words, if all of them come next.
        boolean skip(String... words) {
            for (int i = 0; i < words.length; i++) {
                if (at + i >= tokens.size() || !upper(tokens.get(at + i)).equals(words[i])) {
                    return false;
                }
            }
            at += words.length;
            return true;
        }

        Table table() {
            String first = name(next());
            return skip(".") ? new Table(first, name(next())) : new Table("", first);
        }

        /// What comes before the next comma that stands in no parentheses.
        List<String> clause() {
            List<String> clause = new ArrayList<>();
            int deep = 0;
            while (more()) {
                String token = next();
                if (deep == 0 && token.equals(",")) {
                    break;
                }
                deep += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                clause.add(token);
            }
            return clause;
        }

        List<String> rest() {
            return tokens.subList(at, tokens.size()).stream().map(Alteration::upper).toList();
        }
    }
}
