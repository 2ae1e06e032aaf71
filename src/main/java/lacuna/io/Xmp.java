package lacuna.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// XMP packets (ISO 16684-1; Adobe's XMP specification, part 3, for what JPEG does with large ones). Packets are changed
/// in their text, so that everything else stays byte for byte.
final class Xmp {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String NOTE = "http://ns.adobe.com/xmp/note/";
    private static final String TIFF = "http://ns.adobe.com/tiff/1.0/";
    private static final String EXIF = "http://ns.adobe.com/exif/1.0/";
    private static final String IMAGE = "http://ns.google.com/photos/1.0/image/";
    private static final String DEPTH = "http://ns.google.com/photos/1.0/depthmap/";
    private static final String PANORAMA = "http://ns.google.com/photos/1.0/panorama/";
    private static final String BASIC = "http://ns.adobe.com/xap/1.0/";

    private Xmp() {}

    /// The packet with orientation 1, these dimensions where it names any (those of a panorama, and where this picture lies
    /// in it, grow with it), and without the pictures in it (thumbnails, and what phones keep beside a portrait: the picture
    /// before its blur, and its depths), which would still show what was removed; empty where it is no XMP in UTF-8.
    static Optional<byte[]> madeTrue(byte[] packet, int width, int height) {
        String text = new String(packet, StandardCharsets.UTF_8);
        if (!text.contains(RDF)) {
            return Optional.empty();
        }
        String changed = text;
        changed = set(changed, TIFF, "Orientation", "1");
        changed = set(changed, TIFF, "ImageWidth", String.valueOf(width));
        changed = set(changed, TIFF, "ImageLength", String.valueOf(height));
        changed = set(changed, EXIF, "PixelXDimension", String.valueOf(width));
        changed = set(changed, EXIF, "PixelYDimension", String.valueOf(height));
        changed = panorama(changed, width, height);
        changed = removeElement(changed, BASIC, "Thumbnails");
        for (String pictures : new String[]{IMAGE, DEPTH}) {
            changed = removeElement(changed, pictures, "Data");
            changed = removeAttribute(changed, pictures, "Data");
        }
        return Optional.of(changed.equals(text) ? packet : changed.getBytes(StandardCharsets.UTF_8));
    }

    /// A panorama tells viewers how much of the sphere it covers in pixels of its own size (Google's Photo Sphere XMP).
    private static String panorama(String text, int width, int height) {
        String changed = scaled(text, width, "CroppedAreaImageWidthPixels", "FullPanoWidthPixels",
                "CroppedAreaLeftPixels", "LargestValidInteriorRectLeft", "LargestValidInteriorRectWidth");
        return scaled(changed, height, "CroppedAreaImageHeightPixels", "FullPanoHeightPixels",
                "CroppedAreaTopPixels", "LargestValidInteriorRectTop", "LargestValidInteriorRectHeight");
    }

    /// Sets the side that `own` names to `length`, and what was measured in the same pixels in proportion.
    private static String scaled(String text, int length, String own, String... measured) {
        double before = number(text, own);
        if (!(before > 0) || before == length) {
            return text;
        }
        String changed = set(text, PANORAMA, own, String.valueOf(length));
        for (String property : measured) {
            double value = number(changed, property);
            if (!Double.isNaN(value)) {
                changed = set(changed, PANORAMA, property, String.valueOf(Math.round(value * length / before)));
            }
        }
        return changed;
    }

    /// NaN where it is not there.
    private static double number(String text, String property) {
        for (String prefix : prefixes(text, PANORAMA)) {
            Matcher matcher = Pattern
                    .compile("[\\s<]" + Pattern.quote(prefix + ":" + property)
                            + "\\s*(?:=\\s*[\"']|>)\\s*(\\d{1,9}(?:\\.\\d+)?)")
                    .matcher(text);
            if (matcher.find()) {
                return Double.parseDouble(matcher.group(1));
            }
        }
        return Double.NaN;
    }

    private static String set(String text, String namespace, String property, String value) {
        String changed = text;
        for (String prefix : prefixes(text, namespace)) {
            String name = Pattern.quote(prefix + ":" + property);
            changed = Pattern.compile("(\\s" + name + "\\s*=\\s*)(\"[^\"<]*\"|'[^'<]*')")
                    .matcher(changed)
                    .replaceAll("$1\"" + value + "\"");
            changed = Pattern.compile("(<" + name + "\\s*>)[^<]*(</" + name + "\\s*>)")
                    .matcher(changed)
                    .replaceAll("$1" + value + "$2");
        }
        return changed;
    }

    private static String removeElement(String text, String namespace, String property) {
        String changed = text;
        for (String prefix : prefixes(text, namespace)) {
            String name = prefix + ":" + property;
            while (true) {
                Matcher start = Pattern.compile("<" + Pattern.quote(name) + "(\\s[^>]*)?>").matcher(changed);
                if (!start.find()) {
                    break;
                }
                String close = "</" + name;
                int end = start.group().endsWith("/>") ? start.end() - 1 : changed.indexOf(close, start.end());
                int after = end < 0 ? -1 : changed.indexOf('>', end);
                if (after < 0) {
                    break;
                }
                changed = changed.substring(0, start.start()) + changed.substring(after + 1);
            }
        }
        return changed;
    }

    private static String removeAttribute(String text, String namespace, String property) {
        String changed = text;
        for (String prefix : prefixes(text, namespace)) {
            changed = Pattern.compile("\\s" + Pattern.quote(prefix + ":" + property) + "\\s*=\\s*(\"[^\"]*\"|'[^']*')")
                    .matcher(changed)
                    .replaceAll("");
        }
        return changed;
    }

    private static List<String> prefixes(String text, String namespace) {
        Matcher matcher = Pattern.compile("xmlns:([\\w.-]+)\\s*=\\s*[\"']" + Pattern.quote(namespace) + "[\"']")
                .matcher(text);
        return matcher.results().map(r -> r.group(1)).distinct().toList();
    }

    /// The packet of a JPEG's main XMP segment with what its extension adds. Where the two cannot be joined the main
    /// packet stays as it is.
    ///
    /// @param id the digest that the extension's segments name
    static byte[] joined(byte[] main, byte[] extension, String id) {
        if (!new String(main, StandardCharsets.UTF_8).contains(id) || !digest(extension).equals(id)) {
            return main;
        }
        try {
            Document target = parse(main);
            Document more = parse(extension);
            Element rdf = first(target, "RDF");
            Element added = first(more, "RDF");
            if (rdf == null || added == null) {
                return main;
            }
            removeNote(rdf);
            for (Node node = added.getFirstChild(); node != null; node = node.getNextSibling()) {
                rdf.appendChild(target.importNode(node, true));
            }
            return serialised(target);
        } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
            return main;
        }
    }

    private static void removeNote(Element rdf) {
        NodeList descriptions = rdf.getElementsByTagNameNS(RDF, "Description");
        for (int i = 0; i < descriptions.getLength(); i++) {
            Element description = (Element) descriptions.item(i);
            description.removeAttributeNS(NOTE, "HasExtendedXMP");
            NodeList notes = description.getElementsByTagNameNS(NOTE, "HasExtendedXMP");
            while (notes.getLength() > 0) {
                Node note = notes.item(0);
                note.getParentNode().removeChild(note);
            }
        }
    }

    private static @Nullable Element first(Document document, String name) {
        return (Element) document.getElementsByTagNameNS(RDF, name).item(0);
    }

    private static Document parse(byte[] packet) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        // The builder's own handler prints to the console.
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new ByteArrayInputStream(trimmed(packet)));
    }

    /// Without the padding that some programs leave after the packet.
    private static byte[] trimmed(byte[] packet) {
        int end = packet.length;
        while (end > 0 && packet[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(packet, end);
    }

    private static byte[] serialised(Document document) throws TransformerException {
        Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult((OutputStream) bytes));
        return bytes.toByteArray();
    }

    /// What names an extension: the MD5 digest that the specification asks for, 32 hexadecimal digits in capitals.
    static String digest(byte[] extension) {
        try {
            return HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("MD5").digest(extension));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A packet that only says that the extension `id` follows.
    static String pointer(String id) {
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="%s"><rdf:Description rdf:about="" \
                xmlns:xmpNote="%s" xmpNote:HasExtendedXMP="%s"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
                .formatted(RDF, NOTE, id);
    }
}
