// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.testkit.store.StoreInstanceSuite;
import java.util.Map;
import org.osgi.framework.BundleContext;

class XodusStoreInstanceTest extends StoreInstanceSuite {
  XodusStoreInstanceTest() {
    super("dev.divan.store.xodus", "divan", 0);
  }

  @Override
  protected Runnable activate(BundleContext context, Map<String, Object> properties) {
    return new XodusStoreInstance(context, properties)::deactivate;
  }
}
