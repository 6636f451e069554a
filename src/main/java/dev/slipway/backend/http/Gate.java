package dev.slipway.backend.http;

import dev.slipway.api.Paths;

import io.helidon.webserver.http.ServerRequest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The checks that a request passes before its body is read: who asks, whether they may, and under
/// which key.
final class Gate {
    private static final Pattern BEARER =
            Pattern.compile("Bearer +([A-Za-z0-9._~+/=-]{1,512})", Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private final Authenticator authenticator;

    Gate(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /// Who asks; empty only on an open route.
    ///
    /// @throws Refused 401
    Optional<Caller> caller(ServerRequest raw, Route route) {
        if (route.open()) {
            return Optional.empty();
        }
        return Optional.of(
                token(raw)
                        .flatMap(authenticator::caller)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                401,
                                                "no-valid-token",
                                                "Send a valid bearer token: log in again.",
                                                List.of(),
                                                Map.of("WWW-Authenticate", "Bearer"))));
    }

    /// @throws Refused 403
    void authorise(Caller caller, Route route) {
        if (caller.passwordDue() && !route.path().startsWith(Paths.SESSION)) {
            throw new Refused(
                    403,
                    "password-due",
                    "The password must be changed first (PUT "
                            + Paths.PASSWORD
                            + "); nothing was changed.",
                    List.of());
        }
        if (!caller.may(route)) {
            throw new Refused(
                    403,
                    "not-allowed",
                    "The role " + caller.role() + " may not do this; nothing was changed.",
                    List.of());
        }
    }

    /// @throws Refused 400 if the key is missing or not 1 to 128 printable characters
    String key(ServerRequest raw) {
        return Exchange.header(raw, "Idempotency-Key")
                .filter(key -> KEY.matcher(key).matches())
                .orElseThrow(
                        () ->
                                Refused.badRequest(
                                        "Idempotency-Key",
                                        "Every write needs the header Idempotency-Key once, with 1"
                                                + " to 128 printable characters."));
    }

    /// Names a request and its body. It is keyed with the caller's token, which is stored nowhere:
    /// a body may hold a password, and a plain hash of it could be guessed at.
    String fingerprint(ServerRequest raw, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = token(raw).orElse("-").getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var prologue = raw.prologue();
            String target =
                    prologue.method().text()
                            + " "
                            + prologue.uriPath().rawPath()
                            + "?"
                            + prologue.query().rawValue()
                            + "\n";
            mac.update(target.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Optional<String> token(ServerRequest raw) {
        return Exchange.header(raw, "Authorization")
                .map(BEARER::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(matcher -> matcher.group(1));
    }
}
