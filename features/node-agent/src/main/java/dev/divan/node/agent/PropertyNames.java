// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Which properties a PID has, by the metatype its bundle carries. */
final class PropertyNames {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.node");

  private PropertyNames() {}

  /** The properties of each PID of the bundle that has metatype. */
  static Map<String, Set<String>> of(Bundle bundle) {
    Map<String, Set<String>> names = new HashMap<>();
    Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
    while (files != null && files.hasMoreElements()) {
      URL file = files.nextElement();
      try (InputStream xml = file.openStream()) {
        names.putAll(read(xml));
      } catch (IOException | SAXException | ParserConfigurationException e) {
        LOG.debug("metatype cannot be read: {}", file, e);
      }
    }
    return names;
  }

  static Map<String, Set<String>> read(InputStream xml)
      throws IOException, SAXException, ParserConfigurationException {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
    Map<String, Set<String>> classes = new HashMap<>();
    for (Element ocd : elements(document.getElementsByTagName("OCD"))) {
      Set<String> properties = new HashSet<>();
      for (Element ad : elements(ocd.getElementsByTagName("AD")))
        properties.add(ad.getAttribute("id"));
      classes.put(ocd.getAttribute("id"), properties);
    }
    Map<String, Set<String>> names = new HashMap<>();
    for (Element designate : elements(document.getElementsByTagName("Designate")))
      for (Element object : elements(designate.getElementsByTagName("Object"))) {
        Set<String> properties = classes.get(object.getAttribute("ocdref"));
        if (properties == null) continue;
        names.put(designate.getAttribute("pid"), properties);
        names.put(designate.getAttribute("factoryPid"), properties);
      }
    names.remove("");
    return names;
  }

  private static Iterable<Element> elements(NodeList nodes) {
    return java.util.stream.IntStream.range(0, nodes.getLength())
            .mapToObj(i -> (Element) nodes.item(i))
        ::iterator;
  }
}
