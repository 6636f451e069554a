package dev.slipway.console.table;

import javafx.collections.ObservableList;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Brings a list that is shown up to date. Rows that stayed where they were are replaced one by
/// one, so that a table keeps its scroll position and its selection ten times a second.
public final class Rows {
    private Rows() {}

    /// @param key what makes two rows the same thing
    public static <T> void show(
            ObservableList<T> shown, List<? extends T> fresh, Function<? super T, ?> key) {
        if (!sameOrder(shown, fresh, key)) {
            shown.setAll(fresh);
            return;
        }
        for (int i = 0; i < shown.size(); i++) {
            if (!shown.get(i).equals(fresh.get(i))) {
                shown.set(i, fresh.get(i));
            }
        }
        if (fresh.size() > shown.size()) {
            shown.addAll(List.copyOf(fresh.subList(shown.size(), fresh.size())));
        }
    }

    /// Whether what is shown is the beginning of what is fresh, changes of content aside.
    private static <T> boolean sameOrder(
            List<T> shown, List<? extends T> fresh, Function<? super T, ?> key) {
        if (shown.size() > fresh.size()) {
            return false;
        }
        for (int i = 0; i < shown.size(); i++) {
            if (!Objects.equals(key.apply(shown.get(i)), key.apply(fresh.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
