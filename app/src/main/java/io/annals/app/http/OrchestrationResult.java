package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.annals.command.decision.Answer;
import io.annals.events.state.ProposalStatus;
import io.annals.query.state.StateView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What became of a proposed state, as the API says it. */
record OrchestrationResult(@Nullable StateView state, ProposalStatus status, Details details) {
  /** The reason and the delay appear only where they mean something. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Details(String type, @Nullable Integer delaySeconds, @Nullable String reason) {
    static Details of(Answer answer) {
      return switch (answer.status()) {
        case ACCEPT -> new Details("accept_details", null, null);
        case REJECT -> new Details("reject_details", null, answer.reason());
        case ABORT -> new Details("abort_details", null, answer.reason());
        case WAIT -> new Details("wait_details", answer.delaySeconds(), answer.reason());
      };
    }
  }

  static OrchestrationResult of(Answer answer) {
    return of(answer, Details.of(answer));
  }

  static OrchestrationResult of(Answer answer, Details details) {
    StateView state = answer.state() == null ? null : StateView.of(answer.state());
    return new OrchestrationResult(state, answer.status(), details);
  }

  /** 201 when a state was written, 200 otherwise, whatever the answer was. */
  static ResponseEntity<OrchestrationResult> response(Answer answer) {
    return ResponseEntity.status(answer.written() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(of(answer));
  }
}
