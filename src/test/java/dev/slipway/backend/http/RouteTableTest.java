package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.http.RouteTable.Match;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class RouteTableTest {
    private static final Route ALL = route("GET", "/jobs");
    private static final Route ONE = route("GET", "/jobs/{id}");
    private static final Route NEWEST = route("GET", "/jobs/newest");
    private static final Route LOG = route("GET", "/jobs/{id}/log");
    private static final Route RETRY = route("POST", "/jobs/{id}/retry");
    private final RouteTable table = new RouteTable(List.of(ALL, ONE, NEWEST, LOG, RETRY));

    @Test
    void findsByMethodAndPath() {
        assertThat(match("GET", "/jobs")).isEqualTo(new Match.Found(ALL, Map.of()));
        assertThat(match("GET", "/jobs/7")).isEqualTo(new Match.Found(ONE, Map.of("id", "7")));
        assertThat(match("GET", "/jobs/7/log")).isEqualTo(new Match.Found(LOG, Map.of("id", "7")));
    }

    @Test
    void aWordGoesBeforeAParameter() {
        assertThat(match("GET", "/jobs/newest")).isEqualTo(new Match.Found(NEWEST, Map.of()));
    }

    @Test
    void aParameterIsNeverEmpty() {
        assertThat(match("GET", "/jobs/")).isEqualTo(new Match.Unknown());
        assertThat(match("GET", "/jobs//log")).isEqualTo(new Match.Unknown());
    }

    @Test
    void namesTheMethodsThatThereAre() {
        assertThat(match("POST", "/jobs/7")).isEqualTo(new Match.WrongMethod("GET"));
        assertThat(match("GET", "/jobs/7/retry")).isEqualTo(new Match.WrongMethod("POST"));
        assertThat(match("GET", "/job")).isEqualTo(new Match.Unknown());
    }

    @Test
    void twoRoutesForOnePathAreRefused() {
        assertThatThrownBy(() -> new RouteTable(List.of(ONE, route("GET", "/jobs/{name}"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Match match(String method, String path) {
        return table.match(method, List.of(path.split("/", -1)));
    }

    private static Route route(String method, String path) {
        return new Route(method, path, Set.of(), "", null, null, _ -> "");
    }
}
