package io.annals.app.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Routes of the shapes Prefect's API has, for tests to call. */
@RestController
@RequestMapping("/rehearsal")
class RehearsalRoutes {
  volatile boolean databaseIsGone;
  volatile CountDownLatch release = new CountDownLatch(0);
  final Semaphore entered = new Semaphore(0);

  record Told(String route, String value) {}

  @PostMapping("/things/")
  Told create() {
    return new Told("create", "");
  }

  @PostMapping("/things/filter")
  Told filter() {
    return new Told("filter", "");
  }

  @GetMapping("/things/name/{name}")
  Told byName(@PathVariable String name) {
    return new Told("byName", name);
  }

  @GetMapping("/things/{id}")
  Told byId(@PathVariable UUID id) {
    return new Told("byId", id.toString());
  }

  @DeleteMapping("/things/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    // There is nothing to delete.
  }

  @PostMapping("/things/{id}/input/filter")
  Told inputs(@PathVariable UUID id) {
    return new Told("inputs", id.toString());
  }

  @GetMapping("/things/{id}/input/{key}")
  Told input(@PathVariable UUID id, @PathVariable String key) {
    return new Told("input", key);
  }

  @GetMapping("/context")
  RequestContext context() {
    return RequestContext.current();
  }

  @PostMapping("/echo")
  JsonNode echo(@RequestBody JsonNode body) {
    return body;
  }

  @PostMapping("/told")
  Told told(@Body Told body) {
    return body;
  }

  @GetMapping("/text/{length}")
  void text(@PathVariable int length, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getOutputStream().write("x".repeat(length).getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping("/range")
  void range(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setContentLength(100_000);
    response.getOutputStream().write(new byte[100_000]);
  }

  @GetMapping("/failure")
  Told fail() {
    throw new IllegalStateException("Thrown to be answered");
  }

  @GetMapping("/slow")
  boolean slow() throws InterruptedException {
    entered.release();
    release.await();
    return true;
  }
}
