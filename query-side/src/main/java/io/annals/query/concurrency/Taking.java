package io.annals.query.concurrency;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to take slots. */
public sealed interface Taking {
  /** The limits that were named and exist, the inactive ones included. */
  List<LimitUse> limits();

  /**
   * All slots were taken.
   *
   * @param leaseId the lease that holds them, null when none was asked for
   */
  record Taken(List<LimitUse> limits, @Nullable UUID leaseId) implements Taking {
    /** Keeps a copy. */
    public Taken {
      limits = List.copyOf(limits);
    }
  }

  /** At least one limit had no room, so none was taken. */
  record Full(List<LimitUse> limits) implements Taking {
    /** Keeps a copy. */
    public Full {
      limits = List.copyOf(limits);
    }
  }

  /** More slots than a limit will ever have. */
  record TooMany(List<LimitUse> limits) implements Taking {
    /** Keeps a copy. */
    public TooMany {
      limits = List.copyOf(limits);
    }
  }
}
