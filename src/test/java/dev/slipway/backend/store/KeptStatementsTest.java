package dev.slipway.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Statements that are used again, on one connection.
class KeptStatementsTest {
    private Handle handle;

    @BeforeEach
    void open() {
        Jdbi jdbi = Jdbi.create("jdbc:sqlite::memory:");
        jdbi.setStatementBuilderFactory(KeptStatements.ofEachConnection());
        handle = jdbi.open();
        handle.execute("CREATE TABLE n (n INTEGER PRIMARY KEY)");
        handle.execute("INSERT INTO n VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void eachUseHasItsOwnArguments() {
        assertThat(below(3)).containsExactly(1, 2);
        assertThat(below(2)).containsExactly(1);
        assertThat(below(9)).containsExactly(1, 2, 3);
    }

    @Test
    void theSameOneMayBeInUseTwice() {
        var pairs = new ArrayList<String>();
        handle.createQuery("SELECT n FROM n WHERE n < :than ORDER BY n")
                .bind("than", 9)
                .mapTo(Integer.class)
                .forEach(n -> below(n).forEach(less -> pairs.add(less + "<" + n)));
        assertThat(pairs).containsExactly("1<2", "1<3", "2<3");
    }

    /// The smallest number of 64 bits has no absolute value in SQLite.
    @Test
    void oneThatBrokeIsNotUsedAgain() {
        assertThat(absolute(-5)).isEqualTo(5);
        assertThatThrownBy(() -> absolute(Long.MIN_VALUE)).hasStackTraceContaining("overflow");
        assertThat(absolute(-6)).isEqualTo(6);
    }

    @Test
    void aTableThatIsChangedMeanwhileIsReadAsItIs() {
        assertThat(below(3)).containsExactly(1, 2);
        handle.execute("ALTER TABLE n ADD COLUMN more TEXT");
        handle.execute("DROP TABLE n");
        handle.execute("CREATE TABLE n (other TEXT, n INTEGER)");
        handle.execute("INSERT INTO n VALUES ('x', 2)");
        assertThat(below(3)).containsExactly(2);
    }

    private List<Integer> below(int than) {
        return handle.createQuery("SELECT n FROM n WHERE n < :than ORDER BY n")
                .bind("than", than)
                .mapTo(Integer.class)
                .list();
    }

    private long absolute(long n) {
        return handle.createQuery("SELECT abs(:n)").bind("n", n).mapTo(Long.class).one();
    }
}
