package dev.slipway.console.command;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// Whether a command may be given now, and if not, why. An empty reason means that it may.
public final class Gate {
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper(this, "reason", "");

    /// Held here because JavaFX holds bindings weakly.
    private final StringBinding first;

    private Gate(List<ObservableValue<String>> reasons) {
        first =
                Bindings.createStringBinding(
                        () -> firstOf(reasons), reasons.toArray(ObservableValue[]::new));
        reason.bind(first);
    }

    /// Closed while one of these says why; the first that does is shown.
    @SafeVarargs
    public static Gate of(ObservableValue<String>... reasons) {
        return new Gate(List.of(reasons));
    }

    /// A gate that is closed for this gate's reason or else for a further one.
    public Gate also(ObservableValue<String> further) {
        return of(reason(), further);
    }

    /// A gate that is also closed while nothing is chosen, or for what speaks against what is
    /// chosen.
    ///
    /// @param none why not without a choice
    /// @param whyNot why not with this one; empty if nothing speaks against it
    public <T> Gate on(
            ObservableValue<? extends @Nullable T> chosen,
            String none,
            Function<? super T, String> whyNot) {
        return also(
                Bindings.createStringBinding(
                        () -> {
                            T now = chosen.getValue();
                            return now == null ? none : whyNot.apply(now);
                        },
                        chosen));
    }

    public ReadOnlyStringProperty reason() {
        return reason.getReadOnlyProperty();
    }

    public boolean open() {
        return reason.get().isEmpty();
    }

    private static String firstOf(List<ObservableValue<String>> reasons) {
        return reasons.stream()
                .map(ObservableValue::getValue)
                .filter(text -> text != null && !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
