package dev.slipway.backend.tasks.export.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/// One JSON object a line, ended by LF. Decimals are numbers with all their digits, moments and
/// dates ISO-8601 texts, NULL is null.
final class JsonLines implements RowFile {
    private final List<Column> columns;
    private final JsonGenerator json;

    JsonLines(List<Column> columns, DraftFile to) throws IOException {
        this.columns = columns;
        this.json = new JsonFactory().createGenerator(to.stream());
        json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(null);
    }

    @Override
    public void write(@Nullable Object[] values) throws IOException, DoesNotFit {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(columns.get(i).name());
            field(columns.get(i).fitted(values[i]));
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void field(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long number -> json.writeNumber(number);
            case BigDecimal decimal -> json.writeNumber(decimal);
            case Boolean flag -> json.writeBoolean(flag);
            default -> json.writeString(value.toString());
        }
    }

    @Override
    public boolean settle() throws IOException {
        json.flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
