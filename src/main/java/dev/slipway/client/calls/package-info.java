/// What each feature of a backend can be asked and told: a class of calls for each, with the
/// queries that narrow a list down. Every call blocks, and ends with an answer of the contract or a
/// [dev.slipway.client.http.Problem].
@NullMarked
package dev.slipway.client.calls;

import org.jspecify.annotations.NullMarked;
