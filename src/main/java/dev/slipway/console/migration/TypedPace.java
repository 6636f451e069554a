package dev.slipway.console.migration;

import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.util.OptionalInt;
import java.util.function.Consumer;

/// A number of rows as someone types it; empty is as the plan says.
final class TypedPace {
    static final int MOST_ROWS_PER_SECOND = 10_000_000;

    private TypedPace() {}

    /// @param key of the field's name
    /// @param wrong hears what is wrong
    /// @return 0: as the plan says; empty: it is wrong
    static OptionalInt read(
            String typed, int most, String key, Wording words, Consumer<String> wrong) {
        String text = typed.replace(",", "").strip();
        if (text.isEmpty()) {
            return OptionalInt.of(0);
        }
        if (text.matches("\\d{1,8}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return OptionalInt.of(number);
            }
        }
        wrong.accept(words.say("pace.wrong", words.say(key), Figures.count(most)));
        return OptionalInt.empty();
    }

    static String text(int number) {
        return number == 0 ? "" : Integer.toString(number);
    }
}
