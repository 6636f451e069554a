package dev.slipway.sandbox.compare;

/// One value that the shops answer differently.
///
/// @param request path and query
/// @param pointer where in the answer, as a JSON pointer; empty for the answer's status
/// @param legacy the value as JSON
/// @param fresh the new shop's value
/// @param rule what makes the difference right; [Rules#UNDECLARED] if nothing does
public record Difference(String request, String pointer, String legacy, String fresh, String rule) {

    public boolean declared() {
        return !rule.equals(Rules.UNDECLARED);
    }
}
