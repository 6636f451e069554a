package dev.slipway.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A mapping of a YAML file. Each key is asked for once by name; what is wrong is collected with
/// its line, and [#close] names the keys that no one asked for, with the nearest name that would
/// have been known.
///
/// A wrong value yields its default, or a harmless one, so that reading goes on to the next
/// problem: the values mean something only if [Problems#none] holds at the end.
public final class Section implements AutoCloseable {
    private static final int MAX_CHARACTERS = 1_000_000;

    private final MappingNode node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Section(MappingNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
        for (NodeTuple pair : node.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                report(pair.getKeyNode(), "a key must be a plain word");
            } else if (values.put(key.getValue(), pair.getValueNode()) != null) {
                report(key, "'" + key.getValue() + "' stands here twice");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    /// Reads a file's text: one mapping, YAML 1.2, no types, no aliases beyond the parser's limit.
    ///
    /// @throws BadFile if it is not YAML or not a mapping
    public static Section parse(String file, String text, Problems problems) {
        if (text.length() > MAX_CHARACTERS) {
            problems.add(0, 0, "is longer than " + MAX_CHARACTERS + " characters");
            problems.throwIfAny(file);
        }
        try {
            var settings = LoadSettings.builder().setLabel(file).build();
            Node root = new Compose(settings).composeString(text).orElse(null);
            if (root instanceof MappingNode mapping) {
                return new Section(mapping, problems);
            }
            problems.add(1, 1, "expected keys and values, found " + describe(root));
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            problems.add(
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(0, 0, "not YAML: " + e.getMessage());
        }
        throw new BadFile(file, problems.all());
    }

    /// A section with nothing in it.
    public static Section empty(Problems problems) {
        return new Section(new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK), problems);
    }

    /// Puts a value from outside the file over the file's own.
    Section override(String key, String value) {
        var scalar = new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
        values.put(key, scalar);
        keys.put(key, scalar);
        return this;
    }

    /// The line of this mapping, from 1.
    public int line() {
        return line(node);
    }

    /// The line of a key's value, or of the mapping if the key is not there.
    public int line(String key) {
        Node value = values.get(key);
        return value == null ? line() : line(value);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// The keys in the order of the file; asks for none of them.
    public Set<String> keys() {
        return keys.keySet();
    }

    public Problems problems() {
        return problems;
    }

    /// Reports a problem at a key's value, for what only the caller can know to be wrong.
    public void problem(String key, String message) {
        Node value = values.get(key);
        report(value == null ? node : value, message);
    }

    /// A required text; `""` and a problem if it is missing.
    public String text(String key) {
        return required(key) ? scalar(key, "") : "";
    }

    public String text(String key, String otherwise) {
        return ask(key) == null ? otherwise : scalar(key, otherwise);
    }

    /// A text, or null if the key is missing or its value is null.
    public @Nullable String textOrNull(String key) {
        Node value = ask(key);
        return value == null || Tag.NULL.equals(value.getTag()) ? null : scalar(key, "");
    }

    public int integer(String key, int otherwise) {
        if (ask(key) == null) {
            return otherwise;
        }
        String text = scalar(key, "");
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            problem(key, "'" + key + "' must be a whole number, not '" + text + "'");
            return otherwise;
        }
    }

    public boolean flag(String key, boolean otherwise) {
        if (ask(key) == null) {
            return otherwise;
        }
        return switch (scalar(key, "")) {
            case "true" -> true;
            case "false" -> false;
            case String other -> {
                problem(key, "'" + key + "' must be true or false, not '" + other + "'");
                yield otherwise;
            }
        };
    }

    /// A list of texts; a single text counts as a list of one; empty if the key is missing.
    public List<String> texts(String key) {
        Node value = ask(key);
        if (value instanceof SequenceNode sequence) {
            List<String> texts = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode text) {
                    texts.add(text.getValue());
                } else {
                    report(item, "'" + key + "' must be a list of texts, found " + describe(item));
                }
            }
            return texts;
        }
        return value == null ? List.of() : List.of(scalar(key, ""));
    }

    /// A nested mapping, or null if the key is missing.
    public @Nullable Section section(String key) {
        Node value = ask(key);
        if (value == null || Tag.NULL.equals(value.getTag())) {
            return null;
        }
        return asSection(key, value);
    }

    /// A list of mappings; empty if the key is missing.
    public List<Section> sections(String key) {
        Node value = ask(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            report(value, "'" + key + "' must be a list, found " + describe(value));
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            Section section = asSection(key, item);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /// Reports every key that was not asked for.
    @Override
    public void close() {
        for (var key : keys.entrySet()) {
            if (!asked.contains(key.getKey())) {
                report(
                        key.getValue(),
                        "unknown key '" + key.getKey() + "'" + Nearest.hint(key.getKey(), asked));
            }
        }
    }

    private @Nullable Section asSection(String key, Node value) {
        if (value instanceof MappingNode mapping) {
            return new Section(mapping, problems);
        }
        report(value, "'" + key + "' must hold keys and values, found " + describe(value));
        return null;
    }

    private @Nullable Node ask(String key) {
        asked.add(key);
        return values.get(key);
    }

    private boolean required(String key) {
        if (ask(key) != null) {
            return true;
        }
        report(node, "'" + key + "' is missing");
        return false;
    }

    private String scalar(String key, String otherwise) {
        Node value = values.get(key);
        if (value instanceof ScalarNode text) {
            return text.getValue();
        }
        problem(key, "'" + key + "' must be one value, found " + describe(value));
        return otherwise;
    }

    private void report(Node at, String message) {
        problems.add(line(at), at.getStartMark().map(m -> m.getColumn() + 1).orElse(0), message);
    }

    private static int line(Node at) {
        return at.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    private static String describe(@Nullable Node node) {
        return switch (node) {
            case null -> "nothing";
            case MappingNode _ -> "keys and values";
            case SequenceNode _ -> "a list";
            case ScalarNode text -> "'" + text.getValue() + "'";
            default -> "something else";
        };
    }
}
