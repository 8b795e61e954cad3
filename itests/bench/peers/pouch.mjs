// SPDX-License-Identifier: Apache-2.0
// PouchDB over HTTP: the listener is express-pouchdb, the storage is LevelDB. Batch knobs: POUCH_BATCH, POUCH_LIMIT.
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { serve, readDocs, randomBlob, nowNs, paced, docId } from './lib.mjs'
const require = createRequire(import.meta.url)
const PouchBase = require('pouchdb')
let Pouch, db, lat = [], live, server, feed
const opts = {}
if (process.env.POUCH_BATCH) opts.batch_size = Number(process.env.POUCH_BATCH)
if (process.env.POUCH_LIMIT) opts.batches_limit = Number(process.env.POUCH_LIMIT)
let template = []
serve({
  async init({ dir, docs }) { Pouch = PouchBase.defaults({ prefix: dir + path.sep }); db = new Pouch('db'); await db.info(); if (docs) template = docs },
  async fill({ file, n }) {
    const t = performance.now(); let batch = [], k = 0
    const flush = async () => { const r = await db.bulkDocs(batch); if (r.some(x => x.error)) throw new Error('bulkDocs'); batch = [] }
    for (const [id, json] of readDocs(file, n)) { const d = JSON.parse(json); d._id = id; batch.push(d); k++; if (batch.length === 1000) await flush() }
    if (batch.length) await flush()
    return { ms: performance.now() - t, n: k }
  },
  async fillBlobs({ n, size }) {
    for (let i = 0; i < n; i++) await db.put({ _id: 'blob-' + i, _attachments: { b: { content_type: 'application/octet-stream', data: randomBlob(size) } } })
  },
  async listen() {
    const express = require('express-pouchdb')
    const app = express(Pouch, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' })
    server = http.createServer(app); server.keepAliveTimeout = 60000
    await new Promise(r => server.listen(0, '127.0.0.1', r))
    return { url: `http://127.0.0.1:${server.address().port}/db` }
  },
  async sync({ url, push, pull }) {
    const t = performance.now(); let docs = 0
    if (pull) docs += (await db.replicate.from(url, opts)).docs_written
    if (push) docs += (await db.replicate.to(url, opts)).docs_written
    return { ms: performance.now() - t, docs }
  },
  async live({ url }) { live = db.replicate.from(url, { live: true, retry: true, ...opts }) },
  async watch() {
    lat = []
    if (!feed) feed = db.changes({ live: true, since: 'now', include_docs: true }).on('change', c => { if (c.doc.t) lat.push(nowNs() - c.doc.t) })
  },
  async puts({ file, n, intervalMs, from }) {
    const bodies = [...readDocs(file, n)].map(x => JSON.parse(x[1]))
    return paced(n, intervalMs, i => db.put({ _id: 'put-' + (from + i), ...bodies[i % bodies.length], t: nowNs() }))
  },
  async lat() { return { lat } },
  async count() { return { n: (await db.info()).doc_count } },
  async localWrites({ file, n }) {
    const t = performance.now(); for (const [id, json] of readDocs(file, n)) await db.put({ _id: 'w-' + id, ...JSON.parse(json) })
    return { ms: performance.now() - t }
  },
  async localReads({ n }) { const t = performance.now(); for (let i = 0; i < n; i++) await db.get(docId(i)); return { ms: performance.now() - t } },
  async localAll() { const t = performance.now(); const r = await db.allDocs({ include_docs: true }); return { ms: performance.now() - t, n: r.rows.length } },
})
