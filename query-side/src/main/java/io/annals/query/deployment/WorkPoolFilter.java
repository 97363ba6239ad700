package io.annals.query.deployment;

import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import org.jspecify.annotations.Nullable;

/** Conditions on work pools. */
public record WorkPoolFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable AnyTextFilter name,
    @Nullable AnyTextFilter type) {}
