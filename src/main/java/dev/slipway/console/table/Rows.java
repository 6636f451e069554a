package dev.slipway.console.table;

import javafx.collections.ObservableList;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Brings a list that is shown up to date with as little change as there is, so that a table keeps
/// its place ten times a second.
public final class Rows {
    /// Beyond this many changed rows one big change costs a table less than many small ones.
    private static final int MANY = 50;

    private Rows() {}

    /// @param key what makes two rows the same thing
    public static <T> void show(
            ObservableList<T> shown, List<? extends T> fresh, Function<? super T, ?> key) {
        int head = same(shown, fresh, key, false, 0);
        int tail = same(shown, fresh, key, true, head);
        if (changed(shown, fresh, head, tail) > MANY) {
            shown.setAll(fresh);
            return;
        }
        replace(shown, fresh.subList(fresh.size() - tail, fresh.size()), shown.size() - tail);
        replace(shown, fresh.subList(0, head), 0);
        List<? extends T> middle = List.copyOf(fresh.subList(head, fresh.size() - tail));
        if (shown.size() > head + tail) {
            shown.remove(head, shown.size() - tail);
        }
        if (!middle.isEmpty()) {
            shown.addAll(head, middle);
        }
    }

    /// How many things are the same at the beginning, or at the end without the beginning.
    private static <T> int same(
            List<T> shown,
            List<? extends T> fresh,
            Function<? super T, ?> key,
            boolean atEnd,
            int taken) {
        int most = Math.min(shown.size(), fresh.size()) - taken;
        int n = 0;
        while (n < most) {
            T a = atEnd ? shown.get(shown.size() - 1 - n) : shown.get(n);
            T b = atEnd ? fresh.get(fresh.size() - 1 - n) : fresh.get(n);
            if (!Objects.equals(key.apply(a), key.apply(b))) {
                return n;
            }
            n++;
        }
        return n;
    }

    private static <T> int changed(List<T> shown, List<? extends T> fresh, int head, int tail) {
        int n = fresh.size() - head - tail;
        for (int i = 0; i < head; i++) {
            n += shown.get(i).equals(fresh.get(i)) ? 0 : 1;
        }
        for (int i = 1; i <= tail; i++) {
            n += shown.get(shown.size() - i).equals(fresh.get(fresh.size() - i)) ? 0 : 1;
        }
        return n;
    }

    private static <T> void replace(ObservableList<T> shown, List<? extends T> fresh, int from) {
        for (int i = 0; i < fresh.size(); i++) {
            if (!shown.get(from + i).equals(fresh.get(i))) {
                shown.set(from + i, fresh.get(i));
            }
        }
    }
}
