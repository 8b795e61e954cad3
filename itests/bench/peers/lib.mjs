// SPDX-License-Identifier: Apache-2.0
// Shared by the driver and the npm roles. A "role" is one process holding one database.
// It reads one JSON command per line on stdin and writes one JSON answer per line on stdout.
import fs from 'node:fs'
import readline from 'node:readline'
import crypto from 'node:crypto'

export const nowNs = () => Number(process.hrtime.bigint())      // CLOCK_MONOTONIC, the same for every process here

// ---- the documents: one file for every peer, a line is  id TAB json-object
const WORDS = ('lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore '
  + 'magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat').split(' ')
export function rng(seed) { let s = seed >>> 0; return () => { s ^= s << 13; s >>>= 0; s ^= s >>> 17; s ^= s << 5; s >>>= 0; return s / 4294967296 } }
export function makeDoc(i, size = 1024) {
  const r = rng(0x9E3779B9 ^ (i + 1) * 2654435761), pick = a => a[Math.floor(r() * a.length)]
  const hex = n => Array.from({ length: n }, () => Math.floor(r() * 16).toString(16)).join('')
  const d = { type: 'order', number: i, customer: { name: pick(WORDS) + ' ' + pick(WORDS), email: pick(WORDS) + i + '@example.com', id: hex(24) },
    created: 1700000000000 + i * 977, paid: r() < 0.5, total: Math.round(r() * 1e6) / 100,
    lines: Array.from({ length: 4 }, () => ({ sku: hex(12), qty: 1 + Math.floor(r() * 9), price: Math.round(r() * 1e5) / 100 })),
    tags: [pick(WORDS), pick(WORDS), pick(WORDS)], note: '' }
  let left = size - JSON.stringify(d).length
  const t = []
  while (left > 0) { const w = pick(WORDS); t.push(w); left -= w.length + 1 }
  d.note = t.join(' ').slice(0, Math.max(0, t.join(' ').length + Math.min(0, left + 1)))
  return d
}
export const docId = i => 'order-' + String(i).padStart(7, '0')
export function writeDocs(file, n, size) {
  const f = fs.openSync(file, 'w'); let buf = []
  for (let i = 0; i < n; i++) { buf.push(docId(i) + '\t' + JSON.stringify(makeDoc(i, size)) + '\n'); if (buf.length === 1000) { fs.writeSync(f, buf.join('')); buf = [] } }
  fs.writeSync(f, buf.join('')); fs.closeSync(f)
}
export function* readDocs(file, n = Infinity) {
  let k = 0
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!line || k++ >= n) return
    const t = line.indexOf('\t'); yield [line.slice(0, t), line.slice(t + 1)]
  }
}
export const randomBlob = size => crypto.randomBytes(size)

// ---- the role side
export function serve(handlers) {
  const rl = readline.createInterface({ input: process.stdin })
  let chain = Promise.resolve()
  rl.on('line', line => {
    const m = JSON.parse(line)
    chain = chain.then(async () => {
      let a
      try {
        if (m.cmd === 'quit') { a = { ok: true } }
        else { a = { ok: true, ...(await handlers[m.cmd](m) || {}) } }
      } catch (e) { a = { ok: false, error: String(e && e.stack || JSON.stringify(e)) } }
      process.stdout.write(JSON.stringify(a) + '\n')
      if (m.cmd === 'quit') process.exit(0)
    })
  })
  rl.on('close', () => process.exit(0))
}
export const sleep = ms => new Promise(r => setTimeout(r, ms))
// Puts n documents, one each intervalMs, paced by the clock and not by the completion of the one before.
export async function paced(n, intervalMs, put) {
  const t0 = performance.now(), all = []
  for (let i = 0; i < n; i++) { const due = t0 + i * intervalMs, w = due - performance.now(); if (w > 0) await sleep(w); all.push(put(i)) }
  await Promise.all(all)
  return { ms: performance.now() - t0 }
}

// ---- the driver side
export const median = a => { const s = [...a].sort((x, y) => x - y), h = s.length >> 1; return s.length % 2 ? s[h] : (s[h - 1] + s[h]) / 2 }
export const quantile = (a, q) => { const s = [...a].sort((x, y) => x - y); return s[Math.min(s.length - 1, Math.max(0, Math.ceil(q * s.length) - 1))] }
const round = x => Math.abs(x) >= 100 ? Math.round(x) : Number(x.toPrecision(3))
export function emit(peer, job, unit, runs, extra = {}) {
  console.log(JSON.stringify({ peer, job, figure: round(median(runs)), unit, runs: runs.map(round), ...extra }))
}
