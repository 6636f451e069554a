package dev.slipway.console.help;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.List;

/// Which pages are listed, and which one is read.
public final class HelpViewModel {
    private final List<HelpPage> all;
    private final ObservableList<HelpPage> found = FXCollections.observableArrayList();
    private final StringProperty query = new SimpleStringProperty(this, "query", "");
    private final ReadOnlyObjectWrapper<HelpPage> page;

    public HelpViewModel(List<HelpPage> all) {
        this.all = List.copyOf(all);
        this.page = new ReadOnlyObjectWrapper<>(this, "page", all.getFirst());
        query.subscribe(this::search);
    }

    /// Shows a page by its name; the search is over.
    public void show(String name) {
        query.set("");
        all.stream().filter(each -> each.name().equals(name)).findFirst().ifPresent(page::set);
    }

    /// The first page that is found is read at once.
    private void search(String words) {
        found.setAll(all.stream().filter(each -> each.has(words)).toList());
        if (!words.isBlank() && !found.isEmpty() && !found.contains(page.get())) {
            page.set(found.getFirst());
        }
    }

    /// Reads one that is listed.
    void read(HelpPage chosen) {
        page.set(chosen);
    }

    public StringProperty query() {
        return query;
    }

    public ObservableList<HelpPage> found() {
        return found;
    }

    public ReadOnlyObjectProperty<HelpPage> page() {
        return page.getReadOnlyProperty();
    }
}
