package dev.slipway.backend.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.tasks.Picture;

import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Reads the bodies of requests: bounded, UTF-8, JSON, and every field as its record wants it.
final class Bodies {
    /// The most bytes that a body may have.
    static final int MAX_BYTES = 1 << 20;

    /// The most bytes that a file may have which a route takes as its body.
    static final int MAX_FILE = Picture.MOST_SENT;

    /// The longest that a body may take to come, whole.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ObjectMapper json;
    private final Duration patience;

    /// @param patience the longest that a body may take to come, whole
    Bodies(ObjectMapper json, Duration patience) {
        this.json = json;
        this.patience = patience;
    }

    /// Reads all bytes, but not more than allowed.
    ///
    /// The web server throws what it likes over a body that is not framed as HTTP says (a chunk's
    /// length that is no number, say); whatever it is, the asker is at fault.
    byte[] bytes(ServerRequest raw) {
        return bytes(raw, MAX_BYTES);
    }

    byte[] bytes(ServerRequest raw, int most) {
        byte[] bytes;
        try (var in = body(raw)) {
            bytes = in.readNBytes(most + 1);
            // who still sends would not hear the answer
            drain(in);
        } catch (RequestException e) {
            throw e.status().code() == 413 ? tooLarge(most) : unreadable();
        } catch (Hurried.Late e) {
            throw tooSlow();
        } catch (IOException | RuntimeException e) {
            throw unreadable();
        }
        if (bytes.length > most) {
            throw tooLarge(most);
        }
        return bytes;
    }

    /// Reads past a body that is not wanted: who still sends would not hear the answer.
    void drop(ServerRequest raw) {
        if (raw.content().hasEntity()) {
            try (var in = body(raw)) {
                drain(in);
            } catch (Hurried.Late e) {
                throw tooSlow();
            } catch (IOException | RuntimeException e) {
                throw unreadable();
            }
        }
    }

    private InputStream body(ServerRequest raw) {
        return new Hurried(raw.content().inputStream(), patience, System::nanoTime);
    }

    /// Not for ever: whoever never ends is cut off.
    private static void drain(InputStream in) throws IOException {
        byte[] dropped = new byte[8_192];
        int left = MAX_FILE;
        int read = in.read(dropped);
        while (read >= 0 && left > 0) {
            left -= read;
            read = in.read(dropped);
        }
    }

    private static Refused tooLarge(int most) {
        return new Refused(
                413, "too-large", "A body may have at most " + most + " bytes.", List.of());
    }

    private Refused tooSlow() {
        return new Refused(
                408,
                "too-slow",
                "The body did not come whole within "
                        + patience.toSeconds()
                        + " seconds. Nothing was done with it; send it again over a faster line.",
                List.of());
    }

    private static Refused unreadable() {
        return Refused.badRequest("", "The body could not be read to its end.");
    }

    /// Refuses what is not declared to be JSON in UTF-8.
    static void checkMediaType(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (!type.replaceAll("[\\s\"]", "").matches("application/json(;charset=utf-8)?")) {
            throw new Refused(
                    415, "media-type", "The body must be application/json in UTF-8.", List.of());
        }
    }

    static void checkFile(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (!type.strip().equals("application/octet-stream")) {
            throw new Refused(
                    415, "media-type", "The body must be application/octet-stream.", List.of());
        }
    }

    <T> T read(byte[] bytes, Class<T> type) {
        String text = Percent.utf8(bytes, "");
        if (text.isBlank()) {
            throw Refused.badRequest("", "A JSON body is needed.");
        }
        try {
            JsonNode tree = json.readTree(text);
            checkPresent(tree, type, "");
            return json.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw Refused.badRequest(pointer(e), expected(e));
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw Refused.badRequest(
                    "",
                    "The body is not JSON as it should be"
                            + (at == null ? "." : ", at character " + at.getCharOffset() + "."));
        }
    }

    /// Jackson gives a missing field as null; a component that isn't `@Nullable` must be there.
    private static void checkPresent(JsonNode tree, Class<?> type, String at) {
        if (!type.isRecord()) {
            return;
        }
        if (!tree.isObject()) {
            throw Refused.badRequest(at, "An object is expected here.");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String field = at + "/" + component.getName();
            JsonNode value = tree.get(component.getName());
            if (value != null && !value.isNull()) {
                checkPresent(value, component.getType(), field);
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw Refused.badRequest(field, "This field is needed.");
            }
        }
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (var step : e.getPath()) {
            pointer.append('/')
                    .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
        }
        return pointer.toString();
    }

    /// Says what is wrong without repeating what was sent, nor naming our classes.
    private static String expected(JsonMappingException e) {
        return switch (e) {
            case com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException _ ->
                    "There is no such field.";
            case com.fasterxml.jackson.databind.exc.InvalidFormatException wrong
                    when wrong.getTargetType() != null && wrong.getTargetType().isEnum() ->
                    "One of "
                            + List.of(wrong.getTargetType().getEnumConstants())
                            + " is expected here.";
            default -> "The value is not of the type that is expected here.";
        };
    }
}
