package dev.slipway.console.fx;

/// A screen's controller. What `shown` opens `hidden` closes.
public interface ScreenController {
    /// The screen is now what the window shows.
    void shown();

    /// The screen is no longer shown; it may be shown again.
    void hidden();
}
