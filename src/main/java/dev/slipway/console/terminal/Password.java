package dev.slipway.console.terminal;

import java.io.Console;
import java.util.Scanner;

/// The password of who asks: typed at the terminal, or the first line of standard input. It is
/// never an argument.
final class Password {
    private Password() {}

    /// Empty if none was given.
    static String of(String user) {
        Console terminal = System.console();
        if (terminal != null && terminal.isTerminal()) {
            char[] typed = terminal.readPassword("Password of %s: ", user);
            return typed == null ? "" : new String(typed);
        }
        var lines = new Scanner(System.in);
        return lines.hasNextLine() ? lines.nextLine() : "";
    }
}
