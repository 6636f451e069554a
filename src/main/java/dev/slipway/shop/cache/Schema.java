package dev.slipway.shop.cache;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names the shape of the answers: two processes whose answers differ in a field, a type or the
/// order of fields have different names, and never read what the other kept. No one has to remember
/// to count a version up.
public final class Schema {
    private static final Pattern CLASS = Pattern.compile("[\\w.$]+");
    private static final int CHARACTERS = 16;

    private Schema() {}

    /// @param answers the records that answers are made of; those inside them are found
    public static String of(List<Class<?>> answers) {
        Deque<Class<?>> open = new ArrayDeque<>(answers);
        Set<String> shapes = new TreeSet<>();
        while (!open.isEmpty()) {
            Class<?> next = open.pop();
            if (shapes.add(shape(next)) && next.isRecord()) {
                for (RecordComponent component : next.getRecordComponents()) {
                    open.addAll(classes(component.getGenericType()));
                }
            }
        }
        return hash(String.join("\n", shapes)).substring(0, CHARACTERS);
    }

    private static String shape(Class<?> type) {
        var shape = new StringBuilder(type.getName());
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                shape.append(' ').append(component.getName()).append(':');
                shape.append(component.getGenericType().getTypeName());
            }
        }
        return shape.toString();
    }

    private static List<Class<?>> classes(Type type) {
        Matcher names = CLASS.matcher(type.getTypeName());
        return names.results()
                .<Class<?>>mapMulti((name, found) -> find(name.group(), found))
                .toList();
    }

    private static void find(String name, java.util.function.Consumer<Class<?>> found) {
        try {
            found.accept(Class.forName(name, false, Schema.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            // a primitive type: its name stands in the shape
        }
    }

    /// A short name for something, for example a database.
    public static String name(String text) {
        return hash(text).substring(0, CHARACTERS);
    }

    /// A text of any length as 64 hexadecimal digits.
    static String hash(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
