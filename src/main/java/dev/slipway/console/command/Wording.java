package dev.slipway.console.command;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts of the console with their figures filled in.
public record Wording(ResourceBundle texts) {

    /// The text of a key; `{0}` and so on stand for the figures.
    public String say(String key, Object... figures) {
        return new MessageFormat(texts.getString(key), Locale.ENGLISH).format(figures);
    }

    /// The text for one value of an enum, for example `jobState.DEAD`.
    public String of(String prefix, Enum<?> value) {
        return texts.getString(prefix + "." + value.name());
    }
}
