/// The OpenAPI document, made of the route table and the contract's records.
@NullMarked
package dev.slipway.backend.openapi;

import org.jspecify.annotations.NullMarked;
