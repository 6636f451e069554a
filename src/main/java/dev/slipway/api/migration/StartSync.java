package dev.slipway.api.migration;

/// The body of `POST /api/v1/migrations/runs/{id}/sync`.
///
/// @param anew whether to begin at the source's present position and read every step whole, instead
///   of going on where the sync was: the way out when that position is lost
/// @param triggers whether the triggers by which an SQLite source tells of its changes may be
///   installed where they are missing
public record StartSync(boolean anew, boolean triggers) {
    /// Goes on where the sync was, or where the copy began.
    public static final StartSync ON = new StartSync(false, false);

    /// Begins anew, with whatever the source wants for it.
    public static final StartSync ANEW = new StartSync(true, true);
}
