package io.annals.query.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value that is read as the first of several shapes that fits. */
record UnionShape(List<Member> members) implements Shape {
  record Member(String branch, Shape shape) {}

  static UnionShape of(OneOf union) {
    List<Member> members = new ArrayList<>();
    for (Class<? extends Record> type : union.value()) {
      Branch branch = type.getAnnotation(Branch.class);
      String name = branch == null ? type.getSimpleName() : branch.value();
      members.add(new Member(name, Shapes.ofRecord(type)));
    }
    return new UnionShape(List.copyOf(members));
  }

  @Override
  public @Nullable Object read(JsonNode json, Location at, Problems problems) {
    Problems ofAll = problems.ofPart();
    for (Member member : members) {
      Problems own = problems.ofPart();
      @Nullable Object value = member.shape().read(json, at.key(member.branch()), own);
      if (own.isEmpty()) {
        return value;
      }
      ofAll.addAll(own);
    }
    return problems.addAll(ofAll);
  }

  @Override
  public ObjectNode describe(SchemaDefinitions definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode anyOf = schema.putArray("anyOf");
    for (Member member : members) {
      anyOf.add(member.shape().describe(definitions));
    }
    return schema;
  }
}
