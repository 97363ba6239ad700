package io.annals.events.log;

/**
 * Something this server decided. Implementations are records, grouped by a sealed interface per
 * feature, each annotated with {@link StoredAs}.
 */
public interface DomainEvent {}
