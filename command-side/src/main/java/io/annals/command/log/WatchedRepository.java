package io.annals.command.log;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** A repository that tells of each entity it has loaded. */
final class WatchedRepository<T> implements Repository<T> {
  private final Repository<T> repository;
  private final Consumer<Aggregate<T>> watcher;

  WatchedRepository(Repository<T> repository, Consumer<Aggregate<T>> watcher) {
    this.repository = repository;
    this.watcher = watcher;
  }

  @Override
  public Aggregate<T> load(String stream) {
    return watched(repository.load(stream));
  }

  @Override
  public Aggregate<T> load(String stream, @Nullable Long expectedVersion) {
    return watched(repository.load(stream, expectedVersion));
  }

  private Aggregate<T> watched(Aggregate<T> entity) {
    watcher.accept(entity);
    return entity;
  }

  @Override
  public Aggregate<T> newInstance(Callable<T> factory) throws Exception {
    return repository.newInstance(factory);
  }

  @Override
  public Aggregate<T> newInstance(Callable<T> factory, Consumer<Aggregate<T>> begin)
      throws Exception {
    return repository.newInstance(factory, begin);
  }

  @Override
  public Aggregate<T> loadOrCreate(String stream, Callable<T> factory) throws Exception {
    return watched(repository.loadOrCreate(stream, factory));
  }

  @Override
  public void send(Message<?> message, ScopeDescriptor scope) throws Exception {
    repository.send(message, scope);
  }

  @Override
  public boolean canResolve(ScopeDescriptor scope) {
    return repository.canResolve(scope);
  }
}
