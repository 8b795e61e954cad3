// SPDX-License-Identifier: Apache-2.0
// RxDB with its websocket replication. Storage: its free in-memory one, so this peer keeps nothing on disk. Batch knob: RX_BATCH.
import { createRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { startWebsocketServer, replicateWithWebsocketServer } from 'rxdb/plugins/replication-websocket'
import { serve, readDocs, nowNs, paced, docId } from './lib.mjs'
const batchSize = Number(process.env.RX_BATCH || 100)
const schema = { version: 0, primaryKey: '_id', type: 'object', additionalProperties: true, required: ['_id'], properties: { _id: { type: 'string', maxLength: 100 } } }
let db, c, lat = [], sub, k = 0
async function repl(url, live) {
  const r = await replicateWithWebsocketServer({ collection: c, url, replicationIdentifier: 'r-' + url, live, batchSize })
  await (live ? r.awaitInitialReplication() : r.awaitInitialReplication()); return r
}
serve({
  async init() { db = await createRxDatabase({ name: 'db' + process.pid, storage: getRxStorageMemory(), multiInstance: false, eventReduce: false }); c = (await db.addCollections({ docs: { schema } })).docs },
  async fill({ file, n }) {
    const t = performance.now(); let batch = [], m = 0
    const flush = async () => { const r = await c.bulkInsert(batch); if (r.error.length) throw new Error('bulkInsert'); batch = [] }
    for (const [id, json] of readDocs(file, n)) { const d = JSON.parse(json); d._id = id; batch.push(d); m++; if (batch.length === 1000) await flush() }
    if (batch.length) await flush()
    return { ms: performance.now() - t, n: m }
  },
  async fillBlobs() { throw new Error('unsupported: attachments do not travel over this replication') },
  async listen() { const s = startWebsocketServer({ database: db, port: 0, host: '127.0.0.1' }); await new Promise(r => s.server.on('listening', r)); return { url: `ws://127.0.0.1:${s.server.address().port}/` } },
  async sync({ url }) { const t = performance.now(); const r = await repl(url, false); return { ms: performance.now() - t } },
  async live({ url }) { await repl(url, true) },
  async watch() { lat = []; if (!sub) sub = c.$.subscribe(e => { const d = e.documentData; if (d && d.t) lat.push(nowNs() - d.t) }) },
  async puts({ file, n, intervalMs, from }) {
    const bodies = [...readDocs(file, n)].map(x => JSON.parse(x[1]))
    return paced(n, intervalMs, i => c.insert({ ...bodies[i % bodies.length], _id: 'put-' + (from + i), t: nowNs() }))
  },
  async lat() { return { lat } },
  async count() { return { n: await c.count().exec() } },
  async localWrites({ file, n }) { const t = performance.now(); for (const [id, json] of readDocs(file, n)) await c.insert({ _id: 'w-' + id, ...JSON.parse(json) }); return { ms: performance.now() - t } },
  async localReads({ n }) { const t = performance.now(); for (let i = 0; i < n; i++) k += (await c.findOne(docId(i)).exec()).number; return { ms: performance.now() - t } },
  async localAll() { const t = performance.now(); const r = await c.find().exec(); return { ms: performance.now() - t, n: r.length } },
})
