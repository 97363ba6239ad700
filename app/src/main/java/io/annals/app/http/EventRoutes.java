package io.annals.app.http;

import io.annals.command.log.ObservedAppender;
import io.annals.events.log.Origin;
import io.annals.query.event.EventCountView;
import io.annals.query.event.EventCounts;
import io.annals.query.event.EventCounts.Countable;
import io.annals.query.event.EventCounts.TimeUnit;
import io.annals.query.event.EventFilter;
import io.annals.query.event.EventFilterReader;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventPage;
import io.annals.query.event.EventPageToken;
import io.annals.query.event.EventProblem;
import io.annals.query.event.EventQueries;
import io.annals.query.event.EventReader;
import io.annals.query.event.EventView;
import io.annals.query.event.InvalidEventException;
import io.annals.query.event.TooManyBucketsException;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events over HTTP: in, by filter, counted. */
@RestController
public final class EventRoutes {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ObservedAppender appender;
  private final EventReader reader;
  private final EventQueries queries;
  private final EventCounts counts;
  private final InstantSource clock;

  /** Serves the event stream. */
  public EventRoutes(
      ObservedAppender appender,
      EventLimits limits,
      EventQueries queries,
      EventCounts counts,
      InstantSource clock) {
    this.appender = appender;
    this.reader = new EventReader(limits);
    this.queries = queries;
    this.counts = counts;
    this.clock = clock;
  }

  /** A page as it is answered. */
  public record Page(List<EventView> events, long total, @Nullable String nextPage) {}

  /** The answer to a request that does not keep the rules. */
  public record Invalid(
      String exceptionMessage, List<Detail> exceptionDetail, @Nullable JsonNode requestBody) {}

  /** One thing wrong with a request. */
  public record Detail(String type, List<Object> loc, String msg, @Nullable JsonNode input) {}

  /** Takes in a list of events; answered when they are stored. */
  @PostMapping("/events")
  public ResponseEntity<Void> create(@RequestBody String body, HttpServletRequest request) {
    Origin origin = new Origin(null, request.getHeader("User-Agent"), null, "POST /events");
    try {
      appender.append(reader.list(body), origin).join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException known ? known : failure;
    }
    return ResponseEntity.noContent().build();
  }

  /** The first page. */
  @PostMapping("/events/filter")
  public Page filter(
      @RequestBody(required = false) @Nullable String body, HttpServletRequest request)
      throws SQLException {
    JsonNode given = object(body);
    EventFilter filter =
        EventFilterReader.read(given.get("filter"), List.of("filter"), clock.instant());
    int limit = limit(given.get("limit"));
    return page(queries.first(filter, limit), request);
  }

  /** A page after the first. */
  @GetMapping("/events/filter/next")
  public ResponseEntity<Object> next(
      @RequestParam("page-token") String pageToken, HttpServletRequest request)
      throws SQLException {
    EventPageToken token = EventPageToken.read(pageToken, clock.instant());
    if (token == null) {
      return ResponseEntity.status(HttpStatus.FORBIDDEN).body(Map.of("detail", "Forbidden"));
    }
    return ResponseEntity.ok(page(queries.next(token), request));
  }

  /** Counts by day, time, event or resource. */
  @PostMapping("/events/count-by/{countable}")
  public List<EventCountView> countBy(
      @PathVariable("countable") String countable,
      @RequestBody(required = false) @Nullable String body)
      throws SQLException {
    Countable by = choice(Countable.class, countable, List.of("path", "countable"), Countable.DAY);
    JsonNode given = object(body);
    if (given.get("filter") == null) {
      throw invalid(List.of("filter"), "missing", "Field required", null);
    }
    Instant now = clock.instant();
    EventFilter filter = EventFilterReader.read(given.get("filter"), List.of("filter"), now);
    TimeUnit unit =
        choice(
            TimeUnit.class,
            given.path("time_unit").asString("day"),
            List.of("time_unit"),
            TimeUnit.DAY);
    JsonNode interval = given.path("time_interval");
    double length = interval.isMissingNode() || interval.isNull() ? 1 : interval.asDouble(-1);
    if (!(length >= EventCounts.MIN_INTERVAL)) {
      throw invalid(
          List.of("time_interval"),
          "greater_than_equal",
          "Input should be greater than or equal to " + EventCounts.MIN_INTERVAL,
          interval);
    }
    return counts.count(filter, by, unit, length, now);
  }

  /** 422 with all that is wrong. */
  @ExceptionHandler(InvalidEventException.class)
  public ResponseEntity<Invalid> invalid(InvalidEventException refusal) {
    List<Detail> details = new ArrayList<>();
    for (EventProblem problem : refusal.problems()) {
      List<Object> loc = new ArrayList<>();
      if (problem.loc().isEmpty() || !problem.loc().getFirst().equals("path")) {
        loc.add("body");
      }
      loc.addAll(problem.loc());
      details.add(new Detail(problem.type(), loc, problem.msg(), problem.input()));
    }
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
        .body(new Invalid("Invalid request received.", details, null));
  }

  /** 422 with a sentence. */
  @ExceptionHandler(TooManyBucketsException.class)
  public ResponseEntity<Map<String, String>> tooManyBuckets(TooManyBucketsException refusal) {
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
        .body(Map.of("detail", String.valueOf(refusal.getMessage())));
  }

  private static Page page(EventPage page, HttpServletRequest request) {
    EventPageToken next = page.next();
    return new Page(page.events(), page.total(), next == null ? null : link(next, request));
  }

  /** Always below {@code /api}, whatever the prefix: as Prefect's links are. */
  private static String link(EventPageToken token, HttpServletRequest request) {
    return UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
        .replacePath("/api/events/filter/next")
        .replaceQuery(null)
        .queryParam("page-token", "{token}")
        .encode()
        .buildAndExpand(token.text())
        .toUriString();
  }

  private static int limit(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return EventQueries.MAX_PAGE_SIZE;
    }
    int limit = node.asInt(-1);
    if (limit < 0) {
      throw invalid(
          List.of("limit"),
          "greater_than_equal",
          "Input should be greater than or equal to 0",
          node);
    }
    if (limit > EventQueries.MAX_PAGE_SIZE) {
      throw invalid(
          List.of("limit"),
          "less_than_equal",
          "Input should be less than or equal to " + EventQueries.MAX_PAGE_SIZE,
          node);
    }
    return limit;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String given, List<Object> at, E any) {
    for (E each : any.getDeclaringClass().getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(given)) {
        return each;
      }
    }
    throw invalid(
        at, "enum", "Input should be one of the known words of " + type.getSimpleName(), null);
  }

  private static JsonNode object(@Nullable String body) {
    if (body == null || body.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode tree = JSON.readTree(body);
      return tree.isObject() ? tree : JsonNodeFactory.instance.objectNode();
    } catch (JacksonException broken) {
      throw invalid(List.of(0), "json_invalid", "JSON decode error", null);
    }
  }

  private static InvalidEventException invalid(
      List<Object> at, String type, String msg, @Nullable JsonNode input) {
    return new InvalidEventException(List.of(new EventProblem(at, type, msg, input)));
  }
}
