package dev.slipway.shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

class SchemaTest {
    record Inner(String name) {}

    record Answer(long id, List<Inner> inner) {}

    static final class Before {
        record Item(long id, String name) {}
    }

    static final class Renamed {
        record Item(long id, String title) {}
    }

    static final class Retyped {
        record Item(int id, String name) {}
    }

    static final class Reordered {
        record Item(String name, long id) {}
    }

    static final class Longer {
        record Item(long id, String name, String more) {}
    }

    @Test
    void everyChangeOfAFieldIsAnotherShape() {
        Set<String> shapes = new HashSet<>();
        for (Class<?> item :
                List.<Class<?>>of(
                        Before.Item.class,
                        Renamed.Item.class,
                        Retyped.Item.class,
                        Reordered.Item.class,
                        Longer.Item.class)) {
            assertThat(shapes.add(Schema.of(List.of(item)))).isTrue();
        }
    }

    @Test
    void theRecordsInsideAreFound() {
        // the outer record alone is as it was if only the inner one changes its fields
        assertThat(Schema.of(List.of(Answer.class)))
                .isEqualTo(Schema.of(List.of(Answer.class, Inner.class)))
                .isNotEqualTo(Schema.of(List.of(Inner.class)));
    }

    @Test
    void itIsTheSameInEveryProcess() {
        assertThat(Schema.of(List.of(Inner.class, Answer.class)))
                .isEqualTo(Schema.of(List.of(Answer.class, Inner.class)))
                .matches("[0-9a-f]{16}");
    }
}
