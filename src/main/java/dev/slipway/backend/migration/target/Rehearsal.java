package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/// A connection on which nothing lasts: everything happens in one transaction, a commit only marks
/// how far a rollback goes, and when the connection is closed all of it is undone.
final class Rehearsal implements InvocationHandler {
    private final Connection connection;
    private @Nullable Savepoint mark;

    private Rehearsal(Connection connection) {
        this.connection = connection;
    }

    /// @param connection with autocommit off
    static Connection on(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        Rehearsal.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new Rehearsal(connection));
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        boolean plain = arguments == null || arguments.length == 0;
        switch (method.getName()) {
            case "commit" -> mark();
            case "rollback" -> {
                if (!plain) {
                    return pass(method, arguments);
                }
                back();
            }
            case "close" -> {
                connection.rollback();
                connection.close();
            }
            case "setAutoCommit" -> {}
            default -> {
                return pass(method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object pass(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void mark() throws SQLException {
        if (mark != null) {
            connection.releaseSavepoint(mark);
        }
        mark = connection.setSavepoint();
    }

    private void back() throws SQLException {
        if (mark == null) {
            connection.rollback();
        } else {
            connection.rollback(mark);
        }
    }
}
