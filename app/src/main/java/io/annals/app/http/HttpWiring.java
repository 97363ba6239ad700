package io.annals.app.http;

import io.annals.app.Server;
import io.annals.query.csrf.CsrfTokens;
import io.annals.query.request.ConfiguredChecks;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * What every request passes, in this order: the gate of large bodies, the gate of all requests,
 * CSRF, CORS, basic auth, compression, the body limit, the default content type, the request's
 * context, and once a route is found the API version check. The order of CSRF, CORS, auth and
 * compression is that of Prefect's server and shows: a 403 of the CSRF check has no CORS headers, a
 * 401 has them.
 */
@Configuration(proxyBeanMethods = false)
@Import(ErrorResponses.class)
class HttpWiring implements WebMvcConfigurer {
  private static final int FIRST = -20_000;
  private static final String SERVER = Server.class.getPackageName();

  private final HttpSettings settings;
  private final ConfiguredChecks checks;

  HttpWiring(HttpSettings settings, ObjectProvider<ScheduleLimits> schedules) {
    this.settings = settings;
    ScheduleLimits limits = schedules.getIfAvailable(() -> ScheduleLimits.DEFAULT);
    this.checks = new ConfiguredChecks(List.of(new ScheduleBodies.RunBound(limits)));
  }

  @Bean
  FilterRegistrationBean<Filter> largeBodyGate(MeterRegistry meters) {
    return at(0, "largeBodyGate", new LargeBodyGate(settings, meters));
  }

  @Bean
  FilterRegistrationBean<Filter> admissionGate(MeterRegistry meters) {
    return at(1, "admissionGate", new AdmissionGate(settings, meters));
  }

  @Bean
  FilterRegistrationBean<Filter> csrfCheck(CsrfTokens tokens) {
    FilterRegistrationBean<Filter> bean = at(2, "csrfCheck", new CsrfFilter(tokens));
    bean.setEnabled(settings.csrfEnabled());
    return bean;
  }

  @Bean
  FilterRegistrationBean<Filter> cors() {
    return at(3, "cors", new CorsFilter(settings));
  }

  @Bean
  FilterRegistrationBean<Filter> basicAuth() {
    String authString = settings.authString();
    FilterRegistrationBean<Filter> bean =
        at(4, "basicAuth", new BasicAuthFilter(settings, authString == null ? "" : authString));
    bean.setEnabled(authString != null);
    return bean;
  }

  @Bean
  FilterRegistrationBean<Filter> compression() {
    return at(5, "compression", new CompressionFilter(settings));
  }

  @Bean
  FilterRegistrationBean<Filter> bodyLimit() {
    return at(6, "bodyLimit", new BodyLimitFilter(settings));
  }

  @Bean
  FilterRegistrationBean<Filter> jsonByDefault() {
    return at(7, "jsonByDefault", new JsonByDefaultFilter());
  }

  @Bean
  FilterRegistrationBean<Filter> requestContext() {
    return at(8, "requestContext", new RequestContextFilter());
  }

  /** The dispatcher keeps Spring's own request context, and nothing outside of it asks for one. */
  @Bean
  FilterRegistrationBean<org.springframework.web.filter.RequestContextFilter>
      noSecondRequestContext() {
    FilterRegistrationBean<org.springframework.web.filter.RequestContextFilter> bean =
        new FilterRegistrationBean<>(new org.springframework.web.filter.RequestContextFilter());
    bean.setEnabled(false);
    return bean;
  }

  @Bean
  WebMvcRegistrations routeSearch() {
    ApiHandlerMapping mapping = new ApiHandlerMapping(settings);
    return new WebMvcRegistrations() {
      @Override
      public ApiHandlerMapping getRequestMappingHandlerMapping() {
        return mapping;
      }

      @Override
      public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new JsonAnswers.Adapter();
      }
    };
  }

  @Bean
  UnknownPaths unknownPaths() {
    return new UnknownPaths();
  }

  @Bean
  TomcatManners tomcatManners() {
    return new TomcatManners(settings);
  }

  @Override
  public void configurePathMatch(PathMatchConfigurer configurer) {
    configurer.addPathPrefix(settings.basePath(), HttpWiring::isApiRoute);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new BodyResolver(checks));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ApiVersionCheck(settings));
  }

  private static boolean isApiRoute(Class<?> type) {
    return type.getPackageName().startsWith(SERVER)
        && type.isAnnotationPresent(RestController.class)
        && !type.isAnnotationPresent(OutsideApi.class);
  }

  private static FilterRegistrationBean<Filter> at(int place, String name, Filter filter) {
    FilterRegistrationBean<Filter> bean = new FilterRegistrationBean<>(filter);
    bean.setName(name);
    bean.setOrder(FIRST + place);
    bean.setAsyncSupported(false);
    return bean;
  }
}
