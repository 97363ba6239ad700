package io.annals.command.log;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.common.IdentifierFactory;

/** UUIDv7 for events and states; Axon finds this class as its factory of identifiers. */
public final class TimeOrderedIds extends IdentifierFactory implements Supplier<UUID> {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  @Override
  public UUID get() {
    return GENERATOR.generate();
  }

  @Override
  public String generateIdentifier() {
    return get().toString();
  }
}
