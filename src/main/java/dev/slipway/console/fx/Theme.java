package dev.slipway.console.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;

/// Light, dark, or as the system has it.
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    /// Whether that is dark now.
    public boolean dark() {
        return this == DARK
                || (this == SYSTEM
                        && Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
    }

    /// Dresses all windows; on the UI thread.
    public void apply() {
        String sheet = sheet(dark());
        if (!sheet.equals(Application.getUserAgentStylesheet())) { // or it would be read again
            Application.setUserAgentStylesheet(sheet);
        }
    }

    /// The same before there is a window, and so on any thread; what the system has is not known
    /// yet. The first control would have JavaFX read its own theme if there were none.
    public void applyAhead() {
        Application.setUserAgentStylesheet(sheet(this == DARK));
    }

    private static String sheet(boolean dark) {
        return dark
                ? new PrimerDark().getUserAgentStylesheetBSS()
                : new PrimerLight().getUserAgentStylesheetBSS();
    }

    /// The one after this, for a switch.
    public Theme next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
