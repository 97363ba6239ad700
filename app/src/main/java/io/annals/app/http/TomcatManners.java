package io.annals.app.http;

import java.util.stream.Collectors;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** What Tomcat decides by itself, where its defaults would show to Prefect's clients. */
final class TomcatManners implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /** Names of objects stand in paths, and proxies add headers: Tomcat's 8 KB are soon full. */
  static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final int UNLIMITED = -1;

  private final HttpSettings settings;

  TomcatManners(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(JsonErrorReport.class.getName());
          }
        });
    factory.addEngineValves(believed(settings.trustedProxies()));
    factory.addConnectorCustomizers(
        connector -> {
          // RequestTarget decodes paths itself; Tomcat would answer 400 with a page of HTML.
          connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
          connector.setEncodedReverseSolidusHandling(
              EncodedSolidusHandling.PASS_THROUGH.getValue());
          if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
            // Workers poll for days over one connection.
            http.setMaxKeepAliveRequests(UNLIMITED);
            // A client that sends somewhat too much reads its 413 instead of a broken connection.
            http.setMaxSwallowSize(
                (int) Math.min(Integer.MAX_VALUE, settings.maxRequestBytes() * 2));
          }
        });
  }

  /** Links and redirects lead to where the client came from, also when a proxy ends its TLS. */
  private static RemoteIpValve believed(String proxies) {
    RemoteIpValve valve = new RemoteIpValve();
    valve.setInternalProxies(proxies.equals("*") ? ".*" : masks(proxies));
    valve.setProtocolHeader("X-Forwarded-Proto");
    return valve;
  }

  /** The valve takes addresses for a pattern unless they are written as masks. */
  private static String masks(String proxies) {
    return HttpSettings.commaSeparated(proxies).stream()
        .map(proxy -> proxy.contains("/") ? proxy : proxy + (proxy.contains(":") ? "/128" : "/32"))
        .collect(Collectors.joining(","));
  }
}
