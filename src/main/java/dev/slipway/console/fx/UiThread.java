package dev.slipway.console.fx;

import javafx.application.Platform;

import java.util.concurrent.Executor;

/// The one door to the UI thread.
public final class UiThread implements Executor {
    @Override
    public void execute(Runnable work) {
        Platform.runLater(work);
    }
}
