package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.RefusedException;
import io.annals.command.decision.UnavailableException;
import io.annals.query.flowrun.GraphTooLargeException;
import io.annals.query.request.InvalidRequest;
import io.annals.query.request.Problem;
import io.annals.query.request.RequestReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.coyote.BadRequestException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The one place where what went wrong becomes an answer, in the shapes of Prefect's server. */
@RestControllerAdvice
class ErrorResponses {
  private static final String INTEGRITY =
      "Data integrity conflict. This usually means a unique or foreign key constraint was violated."
          + " See server logs for details.";

  /**
   * SQLSTATE classes: connection, no such database (it is restored or moved), rolled back, out of
   * resources, operator intervention.
   */
  private static final List<String> PASSING = List.of("08", "3D000", "40", "53", "55P03", "57");

  private static final String INTEGRITY_STATES = "23";

  private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

  /** The body of a request that does not fit. */
  record InvalidRequestBody(
      String exceptionMessage, List<Problem> exceptionDetail, @Nullable JsonNode requestBody) {}

  /** The body of what went wrong below the routes. */
  record ExceptionMessage(String exceptionMessage) {}

  @ExceptionHandler
  ResponseEntity<Object> invalid(InvalidRequest invalid) {
    return ResponseEntity.unprocessableContent()
        .body(
            new InvalidRequestBody(
                "Invalid request received.", invalid.problems(), invalid.body()));
  }

  @ExceptionHandler
  ResponseEntity<Object> wrongParameter(MethodArgumentTypeMismatchException mismatch) {
    String part =
        mismatch.getParameter().hasParameterAnnotation(PathVariable.class) ? "path" : "query";
    Problem problem =
        RequestReader.parameterProblem(
            mismatch.getParameter().getParameterType(),
            part,
            mismatch.getName(),
            String.valueOf(mismatch.getValue()));
    return invalid(new InvalidRequest(List.of(problem), null));
  }

  @ExceptionHandler
  ResponseEntity<Object> missingParameter(MissingServletRequestParameterException missing) {
    Problem problem =
        new Problem(
            "missing",
            List.of("query", missing.getParameterName()),
            "Field required",
            JsonNodeFactory.instance.nullNode(),
            null);
    return invalid(new InvalidRequest(List.of(problem), null));
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(RefusedException refused) {
    Refusal refusal = refused.refusal();
    return switch (refusal.kind()) {
      case BAD_REQUEST -> detail(HttpStatus.BAD_REQUEST, refusal.text());
      case FORBIDDEN -> detail(HttpStatus.FORBIDDEN, refusal.text());
      case NOT_FOUND -> detail(HttpStatus.NOT_FOUND, refusal.text());
      case OBJECT_NOT_FOUND ->
          ResponseEntity.status(HttpStatus.NOT_FOUND).body(new ExceptionMessage(refusal.text()));
      case CONFLICT -> detail(HttpStatus.CONFLICT, refusal.text());
      case UNPROCESSABLE -> detail(HttpStatus.UNPROCESSABLE_CONTENT, refusal.text());
    };
  }

  @ExceptionHandler
  ResponseEntity<Object> tooLarge(GraphTooLargeException graph) {
    return detail(HttpStatus.BAD_REQUEST, String.valueOf(graph.getMessage()));
  }

  private static ResponseEntity<Object> detail(HttpStatus status, String text) {
    return ResponseEntity.status(status).body(Map.of("detail", text));
  }

  @ExceptionHandler
  ResponseEntity<Object> conflict(ConcurrencyException conflict) {
    log.warn("A command was decided several times and always too late", conflict);
    return detail(HttpStatus.CONFLICT, INTEGRITY);
  }

  @ExceptionHandler
  ResponseEntity<Object> integrity(DataIntegrityViolationException violation) {
    log.warn("The database refused a write", violation);
    return detail(HttpStatus.CONFLICT, INTEGRITY);
  }

  @ExceptionHandler
  ResponseEntity<Object> unavailable(UnavailableException unavailable) {
    return comeBack(unavailable);
  }

  @ExceptionHandler
  ResponseEntity<Object> database(DataAccessException failure) {
    return failure.getMostSpecificCause() instanceof SQLException cause && !isPassing(cause)
        ? unexpected(failure)
        : comeBack(failure);
  }

  private static boolean isIntegrity(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith(INTEGRITY_STATES);
  }

  /**
   * Whether asking again may help: the database was away, too busy, or gave way to another. A pool
   * without a free connection gives no state.
   */
  private static boolean isPassing(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || PASSING.stream().anyMatch(state::startsWith);
  }

  private static ResponseEntity<Object> comeBack(Exception cause) {
    log.warn("Answered 503: {}", cause.toString());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", Turnstile.RETRY_AFTER_SECONDS)
        .body(new ExceptionMessage("Service Unavailable"));
  }

  /**
   * The body breaks off, most often with its client, or is not cut into chunks as HTTP wants. The
   * container answers 400 whatever is said here.
   */
  private static ResponseEntity<Object> brokenBody(BadRequestException broken) {
    log.debug("A body could not be read to its end", broken);
    return detail(HttpStatus.BAD_REQUEST, HttpStatus.BAD_REQUEST.getReasonPhrase());
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
            .header("Connection", "close")
            .body(Map.of("detail", String.valueOf(tooLarge.getMessage())));
      }
      if (cause instanceof BadRequestException broken) {
        return brokenBody(broken);
      }
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnavailableException unavailable) {
      return comeBack(unavailable);
    }
    if (cause instanceof SQLException sql && isPassing(sql)) {
      return comeBack(sql);
    }
    if (cause instanceof SQLException sql && isIntegrity(sql)) {
      log.warn("The database refused a write", sql);
      return detail(HttpStatus.CONFLICT, INTEGRITY);
    }
    log.error("A request failed", failure);
    return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
        .header("Connection", "close")
        .body(new ExceptionMessage("Internal Server Error"));
  }
}
