package io.annals.app.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers in JSON what Tomcat refuses before any filter, such as a broken escape in a path. Public
 * because Tomcat makes it by its name.
 */
public final class JsonErrorReport extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
        || response.getContentWritten() > 0
        || !response.isError()) {
      return;
    }
    if (!response.setErrorReported()) {
      return;
    }
    try {
      UnroutedAnswers.forStatus(response.getStatus()).send(response.getResponse());
      response.finishResponse();
    } catch (IOException gone) {
      container.getLogger().debug("The client left before it could be told what is wrong", gone);
    }
  }
}
