package dev.slipway.backend.invoicing;

import static dev.slipway.backend.invoicing.InvoicingFixture.DATE;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;

@ParameterizedClass
@EnumSource(States.class)
class InvoiceRoutesIT {
    private final States states;

    private static final String RUNS = "/api/v1/invoice-runs";
    private static final String BODY = "{\"businessDate\":\"" + DATE + "\"}";

    @TempDir Path home;

    InvoiceRoutesIT(States states) {
        this.states = states;
    }

    @Test
    void aRunFromItsStartToThePdf() throws Exception {
        InvoicingFixture.shop(home, 12, 40, 31);
        String configuration =
                InvoicingFixture.configuration(home, InvoicingFixture.FOLDER)
                                .replace("backend: {state: state}", "backend: {port: 0}")
                        + "worker: {threads-in-serve: 2}\n";
        try (var backend =
                new RunningBackend(states, home, InstantSource.system(), configuration)) {
            String finance = backend.token(Role.FINANCE);
            assertThat(backend.send("POST", RUNS, backend.token(Role.OPERATOR), BODY).statusCode())
                    .isEqualTo(403);
            JsonNode run = RunningBackend.json(backend.send("POST", RUNS, finance, BODY));
            String url = RUNS + "/" + run.get("id").asText();
            assertThat(backend.send("POST", RUNS, finance, BODY).statusCode()).isEqualTo(409);
            assertThat(
                            backend.send("POST", RUNS, finance, "{\"businessDate\":\"2999-01-01\"}")
                                    .statusCode())
                    .isEqualTo(400);
            eventually("drafted", () -> state(backend, url).equals("DRAFTED"));

            assertThat(backend.send("POST", url + "/release", finance, null).statusCode())
                    .isEqualTo(202);
            eventually("released", () -> state(backend, url).equals("RELEASED"));
            assertThat(backend.send("POST", url + "/release", finance, null).statusCode())
                    .isEqualTo(409);

            JsonNode first = page(backend, url + "/invoices?limit=5");
            assertThat(first.get("items")).hasSize(5);
            JsonNode rest =
                    page(backend, url + "/invoices?limit=1000&after=" + first.get("next").asText());
            assertThat(rest.get("next").isNull()).isTrue();
            int all = page(backend, url).get("invoices").asInt();
            assertThat(rest.get("items")).hasSize(all - 5);
            assertThat(rest.get("items").get(0).get("number").asText()).endsWith("-000006");

            JsonNode invoice = first.get("items").get(0);
            HttpResponse<byte[]> pdf = pdf(backend, invoice.get("id").asText());
            assertThat(Mails.sha256(pdf.body())).isEqualTo(invoice.get("pdfSha256").asText());
            assertThat(pdf.headers().firstValue("ETag"))
                    .contains("\"" + invoice.get("pdfSha256").asText() + "\"");
            assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(page(backend, RUNS).get("items")).hasSize(1);
            assertThat(backend.get("/api/v1/invoices/none", finance).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void withoutTheSectionTheRoutesSaySo() throws Exception {
        try (var backend = new RunningBackend(states, home)) {
            var answer = backend.get(RUNS, backend.token(Role.VIEWER));
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("not configured");
        }
    }

    private static String state(RunningBackend backend, String url) {
        JsonNode run = page(backend, url);
        boolean rendered = run.get("rendered").asInt() == run.get("invoices").asInt();
        return rendered ? run.get("state").asText() : "";
    }

    private static JsonNode page(RunningBackend backend, String path) {
        return RunningBackend.json(backend.get(path, backend.token(Role.VIEWER)));
    }

    private static HttpResponse<byte[]> pdf(RunningBackend backend, String id) throws Exception {
        var request =
                HttpRequest.newBuilder(backend.uri("/api/v1/invoices/" + id + "/pdf"))
                        .header("Authorization", "Bearer " + backend.token(Role.VIEWER))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }
}
