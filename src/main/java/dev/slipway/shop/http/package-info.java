/// HTTP as both shops and the edge speak it: JSON, bearer tokens, problem+json, one ready line.
@NullMarked
package dev.slipway.shop.http;

import org.jspecify.annotations.NullMarked;
