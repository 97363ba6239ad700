package io.annals.command.log;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Axon's cache of entities on Caffeine, bounded by a number of entries. Its upkeep is done by those
 * who use it: waking another thread costs more than there is to do.
 */
public final class CaffeineCache implements Cache {
  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

  /**
   * Keeps at most the given number of entities.
   *
   * @param meters show how many there are, and how often one was found
   */
  public CaffeineCache(long maxEntries, MeterRegistry meters) {
    this.entries =
        CaffeineCacheMetrics.monitor(
            meters,
            Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(maxEntries)
                .recordStats()
                .build(),
            "annals.entities");
  }

  // Axon's contract: the caller knows the type, and absent is null.
  @Override
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  public <K, V> V get(K key) {
    return (V) entries.getIfPresent(key);
  }

  @Override
  public void put(Object key, Object value) {
    entries.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return entries.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    entries.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.asMap().containsKey(key);
  }

  /** Nobody listens to this cache: Axon asks only for its own weak-reference cache. */
  @Override
  public Registration registerCacheEntryListener(EntryListener listener) {
    return () -> false;
  }
}
