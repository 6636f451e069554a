package dev.slipway.console.shell;

/// The help, as far as the shell knows it.
public interface Help {
    /// Shows a page, ready to be searched.
    ///
    /// @param page the name of a screen's page, or of a topic
    void show(String page);
}
