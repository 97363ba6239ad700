package io.annals.app.http;

import io.annals.command.log.ObservedAppender;
import io.annals.events.log.Face;
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
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.InvalidRequest;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Problem;
import io.annals.query.request.RequestReader;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Events over HTTP: in, by filter, counted. */
@RestController
public final class EventRoutes {
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

  /** Takes in a list of events; answered when they are stored. */
  @PostMapping("/events")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void create(@Body JsonNode body) {
    RequestReader.requireBody(body);
    List<Face> faces = checked(body, () -> reader.list(body));
    try {
      appender.append(faces, RequestContext.current().origin("POST /events")).join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException known ? known : failure;
    }
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record PageRequest(
      @Nullable JsonNode filter,
      @Default("50") @AtLeast(0) @AtMost(EventQueries.MAX_PAGE_SIZE) int limit) {}

  /** The first page. */
  @PostMapping("/events/filter")
  public Page filter(@Body JsonNode body, HttpServletRequest request) throws SQLException {
    PageRequest wanted = RequestReader.readBody(PageRequest.class, body);
    return page(queries.first(filter(wanted.filter(), body), wanted.limit()), request);
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

  @IgnoresUnknownKeys
  @NullMeansDefault
  record CountRequest(
      JsonNode filter, @Default("\"day\"") String timeUnit, @Default("1.0") double timeInterval) {}

  /** Counts by day, time, event or resource. */
  @PostMapping("/events/count-by/{countable}")
  public List<EventCountView> countBy(
      @PathVariable("countable") String countable, @Body JsonNode body) throws SQLException {
    Countable by = choice(Countable.values(), countable, List.of("path", "countable"), body);
    CountRequest wanted = RequestReader.readBody(CountRequest.class, body);
    EventFilter filter = filter(wanted.filter(), body);
    TimeUnit unit =
        choice(TimeUnit.values(), wanted.timeUnit(), List.of("body", "time_unit"), body);
    double length = wanted.timeInterval();
    if (!(length >= EventCounts.MIN_INTERVAL)) {
      throw invalid(
          new Problem(
              "greater_than_equal",
              List.of("body", "time_interval"),
              "Input should be greater than or equal to " + EventCounts.MIN_INTERVAL,
              body.get("time_interval"),
              Map.of("ge", EventCounts.MIN_INTERVAL)),
          body);
    }
    return counts.count(filter, by, unit, length, clock.instant());
  }

  /** 422 with a sentence. */
  @ExceptionHandler(TooManyBucketsException.class)
  public ResponseEntity<Map<String, String>> tooManyBuckets(TooManyBucketsException refusal) {
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
        .body(Map.of("detail", String.valueOf(refusal.getMessage())));
  }

  private EventFilter filter(@Nullable JsonNode filter, JsonNode body) {
    return checked(body, () -> EventFilterReader.read(filter, List.of("filter"), clock.instant()));
  }

  /** What the reader of events finds wrong becomes what any request's problems are. */
  private static <T> T checked(JsonNode body, Supplier<T> read) {
    try {
      return read.get();
    } catch (InvalidEventException refusal) {
      List<Problem> problems = new ArrayList<>();
      for (EventProblem problem : refusal.problems()) {
        List<Object> loc = new ArrayList<>(List.of("body"));
        loc.addAll(problem.loc());
        Map<String, Object> context =
            problem.type().equals("value_error") ? Map.of("error", Map.of()) : null;
        problems.add(new Problem(problem.type(), loc, problem.msg(), problem.input(), context));
      }
      throw new InvalidRequest(problems, body);
    }
  }

  private static <E extends Enum<E>> E choice(
      E[] choices, String given, List<Object> at, JsonNode body) {
    List<String> words = new ArrayList<>();
    for (E each : choices) {
      String word = each.name().toLowerCase(Locale.ROOT);
      if (word.equals(given)) {
        return each;
      }
      words.add("'" + word + "'");
    }
    String last = words.removeLast();
    String expected = String.join(", ", words) + " or " + last;
    throw invalid(
        new Problem(
            "enum",
            at,
            "Input should be " + expected,
            StringNode.valueOf(given),
            Map.of("expected", expected)),
        body);
  }

  private static InvalidRequest invalid(Problem problem, JsonNode body) {
    return new InvalidRequest(List.of(problem), body.isNull() ? null : body);
  }

  private static Page page(EventPage page, HttpServletRequest request) {
    EventPageToken next = page.next();
    return new Page(page.events(), page.total(), next == null ? null : link(next, request));
  }

  /** Always below {@code /api}, whatever the prefix: as Prefect's links are. */
  private static String link(EventPageToken token, HttpServletRequest request) {
    return UriComponentsBuilder.fromUriString(RequestTarget.origin(request))
        .path("/api/events/filter/next")
        .queryParam("page-token", "{token}")
        .encode()
        .buildAndExpand(token.text())
        .toUriString();
  }
}
