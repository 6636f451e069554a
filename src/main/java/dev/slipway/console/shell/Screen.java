package dev.slipway.console.shell;

/// The screens in the order of the navigation: the only list of FXML paths. The first nine are
/// reached by Ctrl+1 to Ctrl+9, the tenth by Ctrl+0.
public enum Screen {
    OVERVIEW("overview/overview", "fth-activity"),
    RESPONSE_TIMES("metrics/response-times", "fth-trending-down"),
    QUEUES("queues/queues", "fth-layers"),
    MIGRATION("migration/migration", "fth-database"),
    INVOICES("invoicing/invoices", "fth-file-text"),
    LAUNCH("launch/launch", "fth-navigation"),
    AUDIT("audit/audit", "fth-shield"),
    CONNECTIONS("settings/connections", "fth-link"),
    EXPORTS("exports/exports", "fth-download"),
    SCHEDULES("schedules/schedules", "fth-calendar"),
    BROKERS("brokers/brokers", "fth-server"),
    PICTURES("pictures/pictures", "fth-image");

    private final String file;
    private final String icon;

    Screen(String file, String icon) {
        this.file = file;
        this.icon = icon;
    }

    /// Where its FXML is on the class path.
    public String fxml() {
        return "/fxml/" + file + ".fxml";
    }

    /// The literal of its icon.
    public String icon() {
        return icon;
    }

    /// The digit that reaches it with Ctrl; empty beyond the tenth.
    public String digit() {
        int place = ordinal() + 1;
        return place > 10 ? "" : Integer.toString(place % 10);
    }

    /// The name of its page in the help.
    public String helpPage() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// The key of its name.
    public String key() {
        return "screen." + helpPage();
    }
}
