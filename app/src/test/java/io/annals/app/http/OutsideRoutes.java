package io.annals.app.http;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A route that lives beside the API. */
@RestController
@OutsideApi
class OutsideRoutes {
  @GetMapping("/rehearsal-outside")
  boolean outside() {
    return true;
  }
}
