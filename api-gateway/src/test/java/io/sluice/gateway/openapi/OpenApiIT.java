package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.problem.ThrottleReason;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// The document says what the gateway does, all of it and nothing else.
class OpenApiIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final Contract contract = Contract.of(gateway);

  @Test
  void itIsOpenToEverybody() {
    for (String path : new String[] {"/v3/api-docs", "/v3/api-docs/"}) {
      Answer answer = gateway.asStranger().get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.text("openapi")).isEqualTo("3.1.0");
    }
  }

  @Test
  void aParserOfSomebodyElseUnderstandsIt() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);

    SwaggerParseResult read =
        new OpenAPIV3Parser().readContents(contract.root().toString(), null, options);

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(contract.root().path("paths"));
    assertThat(read.getOpenAPI().getComponents().getSecuritySchemes())
        .containsOnlyKeys("api_key", "bearer");
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverythingIsReferredTo() {
    Set<String> used = new TreeSet<>();
    contract.root().findValuesAsString("$ref").forEach(used::add);
    Set<String> defined = new TreeSet<>();
    contract
        .root()
        .path("components")
        .properties()
        .forEach(kind -> {
          if (!kind.getKey().equals("securitySchemes")) {
            kind.getValue()
                .propertyNames()
                .forEach(name -> defined.add("#/components/" + kind.getKey() + "/" + name));
          }
        });

    assertThat(used).isEqualTo(defined);
  }

  /// What is not the work of a controller: the page for people is no part of the contract, metrics come
  /// from elsewhere, and HEAD is whatever GET is.
  @Test
  void itHasEveryHandlerAndEveryHandlerIsThere() {
    Set<String> handled = new TreeSet<>(handlers().keySet());
    handled.remove("GET /docs");
    handled.add("GET /metrics");
    Set<String> documented = new TreeSet<>(contract.operations().keySet());
    documented.removeIf(
        name -> name.startsWith("HEAD ") && handled.contains(name.replace("HEAD", "GET")));

    assertThat(documented).isEqualTo(handled);
  }

  @Test
  void everyAnswerHasTheFieldsOfItsRecord() {
    SchemaCheck check = new SchemaCheck(contract);
    Set<String> checked = new TreeSet<>();
    handlers()
        .forEach((name, methods) ->
            methods.forEach(method ->
                answer(method)
                    .ifPresent(record -> {
                      check.answer(record, answerSchema(name));
                      checked.add(name);
                    })));

    assertThat(checked).hasSize(24);
  }

  @Test
  void everyRequestHasTheFieldsOfItsRecord() throws ClassNotFoundException {
    SchemaCheck check = new SchemaCheck(contract);
    handlers().values().stream()
        .flatMap(Set::stream)
        .flatMap(method -> Arrays.stream(method.getMethodParameters()))
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
        .forEach(parameter ->
            check.request(
                parameter.getParameterType(),
                contract.schema(parameter.getParameterType().getSimpleName())));
    // Read by hand, since it may be left out.
    check.request(
        Class.forName("io.sluice.gateway.completion.CompleteRequest"),
        contract.schema("CompleteRequest"));
  }

  @Test
  void everyParameterIsThereWithItsName() {
    handlers()
        .forEach((name, methods) -> {
          Set<String> taken = new TreeSet<>();
          methods.forEach(method ->
              Arrays.stream(method.getMethodParameters())
                  .forEach(parameter -> parameterName(parameter).ifPresent(taken::add)));
          if (name.equals("POST /v1/files")) {
            // Read by hand, so that the body is not taken for a form.
            taken.add("query name");
          }
          if (contract.operation(name).path("responses").has("307")) {
            // Read where the bytes are found.
            taken.add("query redirect");
          }
          assertThat(documentedParameters(name)).as(name).isEqualTo(taken);
        });
  }

  @Test
  void theCataloguesAreThoseInCode() {
    assertThat(SchemaCheck.texts(contract.schema("ErrorCode").path("enum")))
        .containsExactlyElementsOf(Stream.of(ProblemCode.values()).map(ProblemCode::wire).toList());
    assertThat(SchemaCheck.texts(contract.schema("ThrottleReason").path("enum")))
        .containsExactlyElementsOf(
            Stream.of(ThrottleReason.values()).map(ThrottleReason::wire).toList());
  }

  /// Each code that an operation names belongs to the status under which it is named.
  @Test
  void everyRefusalIsAProblemAndNamesCodesOfItsStatus() {
    contract
        .operations()
        .forEach((name, operation) ->
            operation
                .path("responses")
                .properties()
                .forEach(response -> {
                  JsonNode told = contract.resolve(response.getValue());
                  if (!name.contains("/health/") && response.getKey().matches("[45]..|default")) {
                    assertThat(told.path("content").has("application/problem+json"))
                        .as(name + " " + response.getKey())
                        .isTrue();
                  }
                  String description = told.path("description").stringValue();
                  for (ProblemCode code : ProblemCode.values()) {
                    if (description.contains("`" + code.wire() + "`")) {
                      assertThat(response.getKey())
                          .as(name + " " + code.wire())
                          .isEqualTo(Integer.toString(code.status()));
                    }
                  }
                }));
  }

  @Test
  void whatIsOpenAndWhatIsNotIsAsItSays() {
    contract
        .operations()
        .forEach((name, operation) -> {
          String[] call = name.split(" ", 2);
          String path = call[1].replaceAll("\\{[a-z_]+}", "0");
          Answer answer = gateway.asStranger().send(call[0], path, BodyPublishers.noBody());
          assertThat(answer.status() != 401).as(name).isEqualTo(operation.has("security"));
        });
  }

  private Map<String, Set<HandlerMethod>> handlers() {
    Map<String, Set<HandlerMethod>> handlers = new TreeMap<>();
    gateway
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((mapping, method) ->
            names(mapping)
                .forEach(
                    name -> handlers.computeIfAbsent(name, first -> new HashSet<>()).add(method)));
    return handlers;
  }

  private static Stream<String> names(RequestMappingInfo mapping) {
    return mapping.getPatternValues().stream()
        .map(path -> path.replaceAll("(?<=.)/$", ""))
        .distinct()
        .flatMap(path ->
            mapping.getMethodsCondition().getMethods().stream()
                .map(method -> method.name() + " " + path));
  }

  /// The record that a method answers with, if it is one.
  private static Optional<Class<?>> answer(HandlerMethod method) {
    Type type = method.getMethod().getGenericReturnType();
    if (type instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class) {
      type = generic.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> plain && plain.isRecord()
        ? Optional.of(plain)
        : Optional.empty();
  }

  private JsonNode answerSchema(String name) {
    for (var response : contract.operation(name).path("responses").properties()) {
      JsonNode json =
          contract.resolve(response.getValue()).path("content").path("application/json");
      if (response.getKey().startsWith("2") && !json.isMissingNode()) {
        return json.path("schema");
      }
    }
    throw new AssertionError(name + " is said to answer no JSON");
  }

  private static Optional<String> parameterName(MethodParameter parameter) {
    PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
    if (path != null) {
      return Optional.of("path " + named(path.value(), parameter));
    }
    RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
    return query == null
        ? Optional.empty()
        : Optional.of("query " + named(query.name(), parameter));
  }

  private static String named(String given, MethodParameter parameter) {
    return given.isEmpty() ? parameter.getParameter().getName() : given;
  }

  private Set<String> documentedParameters(String name) {
    Set<String> documented = new TreeSet<>();
    contract
        .operation(name)
        .path("parameters")
        .forEach(reference -> {
          JsonNode parameter = contract.resolve(reference);
          String in = parameter.path("in").stringValue();
          if (!in.equals("header")) {
            documented.add(in + " " + parameter.path("name").stringValue());
          }
        });
    return documented;
  }
}
