// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfigurationFileTest {

  @Test
  void theNameSaysPidAndInstance() {
    assertEquals(
        new ConfigurationFile("dev.divan.listener-lan.cfg", "dev.divan.listener", "lan", ".cfg"),
        ConfigurationFile.of("dev.divan.listener-lan.cfg"));
    assertEquals(
        new ConfigurationFile("dev.divan.tls.config", "dev.divan.tls", null, ".config"),
        ConfigurationFile.of("dev.divan.tls.config"));
    assertEquals(
        new ConfigurationFile(
            "dev.divan.database~a-b.cfg.json", "dev.divan.database", "a-b", ".cfg.json"),
        ConfigurationFile.of("dev.divan.database~a-b.cfg.json"));
  }

  @Test
  void othersFilesAreNotOurs() {
    assertNull(ConfigurationFile.of("org.apache.felix.x.cfg"));
    assertNull(ConfigurationFile.of("dev.divan.listener-lan.cfg.sample"));
    assertNull(ConfigurationFile.of("dev.divan.listener-lan.txt"));
  }

  @Test
  void aTildeIsATrapButForJson() {
    ConfigurationFile trap = ConfigurationFile.of("dev.divan.listener~lan.cfg");
    assertTrue(trap.misnamed());
    assertEquals("dev.divan.listener-lan.cfg", trap.properName());
    assertTrue(ConfigurationFile.of("dev.divan.listener~lan.config").misnamed());
    assertFalse(ConfigurationFile.of("dev.divan.listener~lan.cfg.json").misnamed());
    assertFalse(ConfigurationFile.of("dev.divan.listener-lan.cfg").misnamed());
  }
}
