/// Routes, requests and answers: what every feature's routes are made of.
@NullMarked
package dev.slipway.backend.http;

import org.jspecify.annotations.NullMarked;
