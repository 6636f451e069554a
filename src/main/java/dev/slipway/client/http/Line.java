package dev.slipway.client.http;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// The line to one backend: where it is, whom it trusts, and who speaks on it.
final class Line {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final URI base;
    private final Duration patience;
    private final @Nullable Path certificate;
    private @Nullable OkHttpClient http;
    private volatile @Nullable String token;

    /// @param patience how long an answer may take
    /// @param certificate what to trust instead of what the machine trusts, or null
    Line(URI base, Duration patience, @Nullable Path certificate) {
        this.base = base;
        this.patience = patience;
        this.certificate = certificate;
    }

    /// Made when it is first needed: the console paints what it knows before it connects.
    synchronized OkHttpClient http() {
        OkHttpClient made = http;
        if (made == null) {
            var builder =
                    new OkHttpClient.Builder()
                            .connectTimeout(CONNECT)
                            .readTimeout(patience)
                            .writeTimeout(patience);
            if (certificate != null) {
                PinnedCertificates.in(builder, certificate);
            }
            made = builder.build();
            http = made;
        }
        return made;
    }

    /// For commands: one must never be sent twice behind our back.
    OkHttpClient once() {
        return http().newBuilder().retryOnConnectionFailure(false).build();
    }

    void token(@Nullable String value) {
        token = value;
    }

    /// @param ids what stands for the path's parameters, in their order
    HttpUrl.Builder url(String path, String... ids) {
        HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder();
        int next = 0;
        for (String segment : path.substring(1).split("/", -1)) {
            url.addPathSegment(segment.startsWith("{") ? ids[next++] : segment);
        }
        return url;
    }

    Request.Builder request(HttpUrl url) {
        var request = new Request.Builder().url(url).header("Accept", "application/json");
        String bearer = token;
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request;
    }
}
