package io.annals.app.http;

import io.annals.app.schema.FormJudge;
import io.annals.query.request.IgnoresUnknownKeys;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The UI's question whether the values of a form fit its schema. */
@RestController
class SchemaRoutes {
  private final FormJudge forms;

  SchemaRoutes(FormJudge forms) {
    this.forms = forms;
  }

  @IgnoresUnknownKeys
  record FormBody(ObjectNode schema, ObjectNode values) {}

  @PostMapping("/ui/schemas/validate")
  ObjectNode validate(@Body FormBody body) {
    return forms.judge(body.schema(), body.values());
  }
}
