// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {

  @Test
  void aPidHasThePropertiesOfItsObjectClass() throws Exception {
    String metatype =
        """
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
          <OCD id="a.B" name="B"><AD id="port" type="Integer"/><AD id=".password" type="Password"/></OCD>
          <Designate factoryPid="dev.divan.listener"><Object ocdref="a.B"/></Designate>
        </metatype:MetaData>
        """;
    assertEquals(
        Map.of("dev.divan.listener", Set.of("port", ".password")),
        PropertyNames.read(new ByteArrayInputStream(metatype.getBytes(StandardCharsets.UTF_8))));
  }
}
