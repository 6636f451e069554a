package dev.slipway.sandbox.generate;

import java.util.List;

/// What the names, titles and spellings are made of. Every letter outside ASCII lies between U+00C0
/// and U+00FF, so that wrongly encoded text always shows an `Ã`, which none of these words holds.
final class Words {
    static final List<String> FIRST_NAMES =
            List.of(
                    "Anke",
                    "Jürgen",
                    "Françoise",
                    "Zoé",
                    "Ángela",
                    "Belén",
                    "Søren",
                    "Åse",
                    "Harriet",
                    "Pia",
                    "Matteo",
                    "Inês",
                    "Götz",
                    "Hélène",
                    "Owen",
                    "Ruby",
                    "Björk",
                    "Íñigo",
                    "Klaus",
                    "Rosa");
    static final List<String> LAST_NAMES =
            List.of(
                    "Krüger",
                    "Jäger",
                    "Ibáñez",
                    "Lefébure",
                    "Clarke",
                    "O'Neill",
                    "Groß",
                    "Pérez",
                    "Bianchi",
                    "Sørensen",
                    "Evans",
                    "Muñiz",
                    "Walker",
                    "Novák",
                    "Sjöberg",
                    "Hughes",
                    "Vögel",
                    "da Assunção",
                    "Green",
                    "Huber");
    static final List<String> STREETS =
            List.of(
                    "Gartenstraße",
                    "Rue du Marché",
                    "Calle del Peñón",
                    "Station Road",
                    "Schloßallee",
                    "Via Verdi",
                    "Kungsgatan",
                    "Mill Lane");
    static final List<String> CITIES =
            List.of(
                    "Köln",
                    "Besançon",
                    "Cádiz",
                    "Bristol",
                    "Lübeck",
                    "Torino",
                    "Göteborg",
                    "Tønder",
                    "Évora",
                    "Genève");

    /// Spellings of one country in each list.
    static final List<List<String>> COUNTRIES =
            List.of(
                    List.of("DE", "Germany", "germany ", "Deutschland"),
                    List.of("FR", "France", "FRANCE", "Fr"),
                    List.of("ES", "Spain", "España", "spain"),
                    List.of("GB", "UK", "United Kingdom", "England"),
                    List.of("IT", "Italy", "Italia", "it"));

    static final List<String> SHOPS =
            List.of(
                    "Töpferei",
                    "Krämer & Töchter",
                    "Maison Forêt",
                    "Casa Cigüeña",
                    "Red Gate",
                    "Havglimt",
                    "Hughes Bros.",
                    "Lesestübchen",
                    "Studio",
                    "La Montaña");
    static final List<String> NOUNS =
            List.of(
                    "Käsehobel",
                    "Stool",
                    "Pâté dish",
                    "Lantern",
                    "Piñata kit",
                    "Küchenwaage",
                    "Satchel",
                    "Kettle",
                    "Adapter",
                    "Sketchbook");
    static final List<String> CATEGORIES =
            List.of(
                    "Books > Fiction",
                    "books>fiction",
                    "Home / Kitchen",
                    "Home > Kitchen",
                    "Garden",
                    "Electronics",
                    "electronics ",
                    "Möbel",
                    "");
    static final List<String> VENDOR_STATUS =
            List.of("active", "Active", "actve", "inactive", "blocked", "");
    static final List<String> YES_AND_NO = List.of("Y", "1", "yes", "true", "N", "0", "");
    static final List<String> NO_PRICE = List.of("free", "n/a", "TBD");
    static final List<String> NO_DATE = List.of("n/a", "yesterday", "unknown");
    static final List<String> NO_STATUS = List.of("", "???", "see note", "test");

    /// The right spelling first, then the wrong ones; by how often the status occurs.
    static final List<List<String>> STATUS =
            List.of(
                    List.of("delivered", "Delivered", "deliverd", "DELIVERED "),
                    List.of("shipped", "shiped", "Sent", "versendet"),
                    List.of("paid", "payed", "PAID", "bezahlt"),
                    List.of("pending", "pendig", "open", "new"),
                    List.of("cancelled", "canceled", "cancled", "storno"),
                    List.of("refunded", "refund", "returned", "Refnuded"));

    /// Up to which part of all orders each status reaches.
    static final double[] STATUS_REACH = {0.55, 0.75, 0.85, 0.91, 0.97, 1.0};

    private Words() {}
}
