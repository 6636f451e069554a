package dev.slipway.backend.queues;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Failed jobs that a walk passes by for now: those of some queues and of some types.
///
/// @param queues names, each with why; the reason is what people read
/// @param types likewise
/// @param all why no job may be taken at all; empty if it may
public record LeftOut(Map<String, String> queues, Map<String, String> types, String all) {
    public static final LeftOut NOTHING = new LeftOut(Map.of(), Map.of(), "");

    public LeftOut {
        queues = Map.copyOf(queues);
        types = Map.copyOf(types);
    }

    boolean nothing() {
        return queues.isEmpty() && types.isEmpty() && all.isEmpty();
    }

    /// True of a job that is passed by. In a form that no index serves, see [Narrowed].
    String condition() {
        if (!all.isEmpty()) {
            return "1 = 1";
        }
        return nothing()
                ? "1 = 0"
                : "("
                        + in("(queue || '')", "outQueue", queues.size())
                        + " OR "
                        + in("(type || '')", "outType", types.size())
                        + ")";
    }

    private static String in(String column, String name, int size) {
        if (size == 0) {
            return "1 = 0";
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < size; i++) {
            names.append(i == 0 ? ":" : ", :").append(name).append(i);
        }
        return column + " IN (" + names + ")";
    }

    Map<String, Object> bindings() {
        Map<String, Object> bindings = new HashMap<>();
        if (all.isEmpty()) {
            bind(bindings, "outQueue", queues.keySet());
            bind(bindings, "outType", types.keySet());
        }
        return bindings;
    }

    private static void bind(Map<String, Object> all, String name, Collection<String> values) {
        int i = 0;
        for (String value : values) {
            all.put(name + i++, value);
        }
    }

    /// Why a job that is passed by is.
    String why(String queue, String type) {
        if (!all.isEmpty()) {
            return all;
        }
        String why = queues.get(queue);
        return why == null ? types.getOrDefault(type, "") : why;
    }
}
