package io.annals.app.http;

/** The body of most refusals. */
record Detail(String detail) {}
