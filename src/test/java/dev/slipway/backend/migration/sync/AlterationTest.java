package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.sync.Alteration.Table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlterationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ADD COLUMN later INT",
                "alter online table `orders` add later int not null default 0 comment 'after, first'",
                "ALTER TABLE shop.orders ADD COLUMN a INT, ADD INDEX i (a, b), ADD UNIQUE KEY u (a)",
                "/* by: app */ ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id)",
                "ALTER TABLE orders DROP INDEX i, DROP FOREIGN KEY f",
                "ALTER TABLE orders ENGINE = InnoDB, COMMENT = 'drop column id, modify x'",
                "ALTER TABLE IF EXISTS orders ADD COLUMN IF NOT EXISTS `first` DECIMAL(10,2)",
                "ALTER TABLE orders RENAME INDEX a TO b, ALGORITHM=INPLACE, LOCK=NONE"
            })
    void keepsTheColumnsThatWereThere(String sql) {
        Alteration found = Alteration.of(sql).orElseThrow();

        assertThat(found.harmless()).isTrue();
        assertThat(found.tables().getFirst().name()).isEqualTo("orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ADD COLUMN later INT FIRST",
                "ALTER TABLE orders ADD later INT AFTER id",
                "ALTER TABLE orders ADD (a INT, b INT)",
                "ALTER TABLE orders DROP COLUMN id",
                "ALTER TABLE orders DROP id",
                "ALTER TABLE orders COMMENT='# x', DROP COLUMN id",
                "ALTER TABLE orders COMMENT='-- x', MODIFY id BIGINT",
                "ALTER TABLE orders ADD COLUMN a INT, CHANGE id nr INT",
                "ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4",
                "ALTER TABLE orders RENAME COLUMN a TO b",
                "ALTER TABLE orders RENAME TO others",
                "ALTER TABLE orders /*!50000 DROP COLUMN id */",
                "DROP TABLE IF EXISTS orders",
                "CREATE OR REPLACE TABLE orders (id INT)"
            })
    void changesColumnsThatWereThere(String sql) {
        Alteration found = Alteration.of(sql).orElseThrow();

        assertThat(found.harmless()).isFalse();
        assertThat(found.tables().getFirst().name()).isEqualTo("orders");
    }

    @Test
    void namesEveryTableThatItConcerns() {
        assertThat(Alteration.of("RENAME TABLE a.b TO c, `d` TO e").orElseThrow().tables())
                .containsExactly(
                        new Table("a", "b"),
                        new Table("", "c"),
                        new Table("", "d"),
                        new Table("", "e"));
        assertThat(Alteration.of("DROP TABLE a, b.c RESTRICT").orElseThrow().tables())
                .containsExactly(new Table("", "a"), new Table("b", "c"));
        assertThat(Alteration.of("DROP DATABASE IF EXISTS `shop`").orElseThrow().database())
                .isEqualTo("shop");
        assertThat(Alteration.emptied("TRUNCATE `shop`.`orders`"))
                .contains(new Table("shop", "orders"));
    }

    @Test
    void countsTheColumnsThatCameAtTheEnd() {
        assertThat(
                        Alteration.of("ALTER TABLE a ADD COLUMN b INT, ADD c INT, ADD KEY (b)")
                                .orElseThrow()
                                .added())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE orders (id INT)",
                "ALTER USER orders IDENTIFIED BY 'x'",
                "DROP INDEX i ON orders",
                "CREATE INDEX i ON orders (id)",
                "BEGIN"
            })
    void changesNoTable(String sql) {
        assertThat(Alteration.of(sql)).isEmpty();
    }
}
