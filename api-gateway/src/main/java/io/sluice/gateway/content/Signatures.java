package io.sluice.gateway.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Tells in microseconds that no rule of Tika's is true of a file's first bytes. Tika itself, which tries
/// its 438 rules one after the other, takes a third of a millisecond to say so.
final class Signatures {

  /// At one offset each.
  private final List<Signature.Bytes> fixed = new ArrayList<>();

  /// Between two offsets, by the byte they begin with.
  private final List<List<Signature.Bytes>> ranged = new ArrayList<>();

  private int lastOffset;
  private final List<Signature.Expression> expressions = new ArrayList<>();

  /// Of all `magic` elements of a table.
  Signatures(Iterable<Element> magics) {
    for (int first = 0; first < 256; first++) {
      ranged.add(new ArrayList<>());
    }
    magics.forEach(this::addChildren);
  }

  /// Whether a rule may be true of these bytes. No is certain.
  boolean maybeIn(byte[] head) {
    return anyAtItsOffset(head) || anyWithinItsRange(head) || anyExpressionIn(head);
  }

  private boolean anyAtItsOffset(byte[] head) {
    for (Signature.Bytes one : fixed) {
      if (one.at(head, one.from())) {
        return true;
      }
    }
    return false;
  }

  private boolean anyWithinItsRange(byte[] head) {
    int last = Math.min(lastOffset, head.length - 1);
    for (int offset = 0; offset <= last; offset++) {
      for (Signature.Bytes one : ranged.get(head[offset] & 0xFF)) {
        if (offset >= one.from() && offset <= one.to() && one.at(head, offset)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean anyExpressionIn(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Signature.Expression one : expressions) {
      if (one.in(text)) {
        return true;
      }
    }
    return false;
  }

  /// One of a magic's matches must be true, and of a match without a value some of those within. What is
  /// within a match that has a value narrows it, and is left to Tika.
  private void addChildren(Element parent) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element match && match.getTagName().equals("match")) {
        if (match.hasAttribute("value")) {
          Signature.of(match).forEach(this::add);
        } else {
          addChildren(match);
        }
      }
    }
  }

  private void add(Signature signature) {
    switch (signature) {
      case Signature.Expression expression -> expressions.add(expression);
      case Signature.Bytes bytes when bytes.from() == bytes.to() -> fixed.add(bytes);
      case Signature.Bytes bytes -> {
        lastOffset = Math.max(lastOffset, bytes.to());
        for (int first = 0; first < 256; first++) {
          if (bytes.canBeginWith((byte) first)) {
            ranged.get(first).add(bytes);
          }
        }
      }
    }
  }
}
