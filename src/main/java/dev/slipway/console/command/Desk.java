package dev.slipway.console.command;

import dev.slipway.console.shell.ScreenContext;

/// What every screen's commands are made with.
public record Desk(ScreenContext context, Wording words, Access access) {

    public static Desk of(ScreenContext context) {
        var words = new Wording(context.texts());
        return new Desk(context, words, new Access(context.connection(), words));
    }

    /// A commander that shows problems as notices.
    public Commander commander() {
        return new Commander(
                context.background(), context.notices()::show, words.say("command.busy"));
    }

    /// A commander that fetches pages.
    public Commander loader() {
        return new Commander(
                context.background(), context.notices()::show, words.say("command.loading"));
    }
}
