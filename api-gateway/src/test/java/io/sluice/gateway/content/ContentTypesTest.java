package io.sluice.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.tika.Tika;
import org.apache.tika.detect.MagicDetector;
import org.apache.tika.mime.MediaType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// The short way gives Tika's answer, whatever the bytes.
class ContentTypesTest {

  private static final List<String> NAMES =
      List.of(
          "a",
          "a.bin",
          "a.txt",
          "a.html",
          "a.doc",
          "a.docx",
          "a.jpg",
          "a.xml",
          "a.svg",
          "a.unknown");

  private final ContentTypes types = new ContentTypes();
  private final Random random = new Random(7);

  @Test
  void randomBytesAreWhatTikaSays() {
    for (int i = 0; i < 1_000; i++) {
      byte[] head = new byte[random.nextInt(1, 2_000)];
      random.nextBytes(head);
      assertSame(head, NAMES.get(i % NAMES.size()));
    }
  }

  @Test
  void textIsWhatTikaSays() {
    String alphabet = "abcdefghij KLMNO,;:<>{}[]\"'%#!@*+-/\\0123456789\r\n\t";
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(1, 1_000);
      while (text.length() < length) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertSame(text.toString().getBytes(StandardCharsets.UTF_8), NAMES.get(i % NAMES.size()));
    }
  }

  /// Each value that Tika looks for anywhere, at each offset where it may be, with other bytes around it.
  /// It is made by Tika's own reading of it: a rule that these bytes do not satisfy proves nothing, but that
  /// hundreds of them are satisfied is asserted too.
  @Test
  void whatTikaLooksForIsNotPassedOver() throws Exception {
    List<byte[]> heads = new ArrayList<>();
    NodeList matches = table().getElementsByTagName("match");
    for (int i = 0; i < matches.getLength(); i++) {
      Element match = (Element) matches.item(i);
      if (match.hasAttribute("value") && !match.getAttribute("type").equals("regex")) {
        heads.addAll(headsWith(match));
      }
    }
    int known = 0;
    for (byte[] head : heads) {
      String type = assertSame(head, "a");
      if (!List.of("application/octet-stream", "text/plain").contains(type)) {
        known++;
      }
    }
    assertThat(heads).hasSizeGreaterThan(4_000);
    assertThat(known).isGreaterThan(2_000);
  }

  @Test
  void anEmptyHeadIsWhatTikaSays() {
    assertSame(new byte[0], "a.txt");
  }

  /// A head for each of the offsets at which a match begins to be looked for, with what it is nested in.
  private List<byte[]> headsWith(Element match) throws Exception {
    List<byte[]> heads = new ArrayList<>();
    for (boolean latest : new boolean[] {false, true}) {
      for (int filler : new int[] {0, ' '}) {
        byte[] head = new byte[9_000];
        Arrays.fill(head, (byte) filler);
        for (Node node = match; node instanceof Element within; node = node.getParentNode()) {
          if (within.getTagName().equals("match") && within.hasAttribute("value")) {
            put(within, latest, head);
          }
        }
        heads.add(Arrays.copyOf(head, ContentPolicy.HEAD_BYTES));
      }
    }
    return heads;
  }

  private static void put(Element match, boolean latest, byte[] head) throws Exception {
    if (match.getAttribute("type").equals("regex")) {
      return;
    }
    MagicDetector read =
        MagicDetector.parse(
            MediaType.OCTET_STREAM,
            attribute(match, "type"),
            attribute(match, "offset"),
            attribute(match, "value"),
            attribute(match, "mask"));
    byte[] value = (byte[]) field(read, "pattern");
    int offset = (int) field(read, latest ? "offsetRangeEnd" : "offsetRangeBegin");
    if (offset + value.length <= head.length) {
      System.arraycopy(value, 0, head, offset, value.length);
    }
  }

  private static @Nullable String attribute(Element match, String name) {
    return match.hasAttribute(name)
        ? match.getAttribute(name)
        : name.equals("type") ? "string" : null;
  }

  private static Object field(MagicDetector of, String name) throws Exception {
    Field field = MagicDetector.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static Document table() throws Exception {
    try (InputStream table =
        Tika.class.getResourceAsStream("/org/apache/tika/mime/tika-mimetypes.xml")) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(table);
    }
  }

  private String assertSame(byte[] head, String name) {
    String type = types.byTika(head, name);
    assertThat(types.of(head, name))
        .as(() -> name + " " + HexFormat.of().formatHex(head, 0, Math.min(head.length, 64)))
        .isEqualTo(type);
    return type;
  }
}
