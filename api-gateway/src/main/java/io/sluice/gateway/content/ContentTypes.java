package io.sluice.gateway.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.tika.Tika;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.mime.MimeTypesFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Tells the type of a file from its first bytes and its name, as Tika does.
///
/// What Tika asks the bytes before the name, every one of its rules in turn, is most of what it costs. Where
/// [Signatures] says that none of them can be true, a Tika without rules gives the same answer (ADR 14).
final class ContentTypes {

  private static final String TABLE = "/org/apache/tika/mime/tika-mimetypes.xml";

  private final Tika tika = new Tika();
  private final Signatures signatures;
  private final MimeTypes withoutRules;

  ContentTypes() {
    Document table = readTable();
    List<Element> rules = rulesOf(table);
    this.signatures = new Signatures(rules);
    rules.forEach(rule -> rule.getParentNode().removeChild(rule));
    try {
      this.withoutRules = MimeTypesFactory.create(table);
    } catch (MimeTypeException e) {
      throw new IllegalStateException("Tika's own table does not suit it", e);
    }
  }

  /// The type of a file.
  ///
  /// @param head its first bytes
  String of(byte[] head, String fileName) {
    return signatures.maybeIn(head) ? byTika(head, fileName) : byName(head, fileName);
  }

  /// By every rule.
  String byTika(byte[] head, String fileName) {
    return tika.detect(head, fileName);
  }

  private String byName(byte[] head, String fileName) {
    Metadata name = new Metadata();
    name.set(TikaCoreProperties.RESOURCE_NAME_KEY, fileName);
    try {
      return withoutRules.detect(new ByteArrayInputStream(head), name).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static Document readTable() {
    try (InputStream table = Tika.class.getResourceAsStream(TABLE)) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(table);
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("Tika's own table cannot be read", e);
    }
  }

  private static List<Element> rulesOf(Document table) {
    NodeList magics = table.getElementsByTagName("magic");
    List<Element> rules = new ArrayList<>(magics.getLength());
    for (int i = 0; i < magics.getLength(); i++) {
      rules.add((Element) magics.item(i));
    }
    return rules;
  }
}
