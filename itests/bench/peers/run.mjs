// SPDX-License-Identifier: Apache-2.0
// node run.mjs [--peers a,b] [--jobs pull,push,...] [--docs N] [--runs N] [--blobs N] [--peer name=command]...
// A peer is a command that starts one role (see README); --peer adds one written in any language. The runs of all
// peers are interleaved, so that noise on the machine falls on all of them alike.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'
import { writeDocs, emit, quantile, sleep, median } from './lib.mjs'
const here = path.dirname(fileURLToPath(import.meta.url))
const node = f => `exec node --max-old-space-size=8192 ${JSON.stringify(path.join(here, f))}`
const PEERS = {
  pouchdb: node('pouch.mjs'),
  'pouchdb-batch1000': 'export POUCH_BATCH=1000; ' + node('pouch.mjs'),
  'rxdb-memory': node('rxdb.mjs'),
}
const o = { peers: 'pouchdb', jobs: 'pull,push,resync,idle,rate,blobs,wire,local', docs: 20000, size: 1024, runs: 5, blobs: 200, blobSize: 1 << 20, rate: 200, secs: 10, timeout: 300, blobRuns: 3 }
const extra = []
for (let i = 2; i < process.argv.length; i++) {
  const k = process.argv[i].replace(/^--/, ''), v = process.argv[++i]
  if (k === 'peer') { const e = v.indexOf('='); PEERS[v.slice(0, e)] = v.slice(e + 1); extra.push(v.slice(0, e)) } else o[k] = typeof o[k] === 'number' ? Number(v) : v
}
const peers = [...new Set([...o.peers.split(',').filter(Boolean), ...extra])], jobs = o.jobs.split(',')
const tmp = fs.mkdtempSync(path.join(process.env.BENCH_TMP || os.tmpdir(), 'peer-bench-'))
const file = path.join(tmp, 'docs.tsv'); writeDocs(file, o.docs, o.size)
process.on('exit', () => fs.rmSync(tmp, { recursive: true, force: true }))
let serial = 0
class Role {
  constructor(peer, side) {
    this.dir = path.join(tmp, 'r' + serial++); fs.mkdirSync(this.dir)
    this.p = spawn('/bin/sh', ['-c', PEERS[peer].split(' ::: ').at(side)], { stdio: ['pipe', 'pipe', process.env.BENCH_DEBUG ? 'inherit' : 'ignore'] })
    this.waiting = []
    readline.createInterface({ input: this.p.stdout }).on('line', l => { if (l[0] !== '{') return; const w = this.waiting.shift(); if (w) w(JSON.parse(l)) })
    this.p.on('exit', c => { this.waiting.splice(0).forEach(w => w({ ok: false, error: 'exit ' + c })) })
    this.p.stdin.on('error', () => {})
  }
  async cmd(cmd, args = {}) {
    const r = await new Promise(res => {
      const t = setTimeout(() => res({ ok: false, error: 'timeout ' + cmd }), (args.timeout || o.timeout) * 1000)
      this.waiting.push(x => { clearTimeout(t); res(x) }); this.p.stdin.write(JSON.stringify({ cmd, ...args }) + '\n')
    })
    if (!r.ok) throw new Error(cmd + ': ' + r.error)
    return r
  }
  usage() {   // peak memory in MB and processor seconds, from the kernel
    const st = fs.readFileSync(`/proc/${this.p.pid}/status`, 'utf8'), f = fs.readFileSync(`/proc/${this.p.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
    return { mb: Number(/VmHWM:\s+(\d+)/.exec(st)[1]) / 1024, cpu: (Number(f[11]) + Number(f[12])) / 100 }
  }
  async stop() {
    if (this.p.exitCode !== null) return
    const gone = new Promise(r => this.p.on('exit', r))
    this.cmd('quit', { timeout: 5 }).catch(() => {})
    const k = setTimeout(() => this.p.kill('SIGKILL'), 5000); await gone; clearTimeout(k)
    fs.rmSync(this.dir, { recursive: true, force: true })
  }
}
async function pair(peer, f) {
  const a = new Role(peer, 0), b = new Role(peer, -1)
  try { await a.cmd('init', { dir: a.dir }); await b.cmd('init', { dir: b.dir }); return await f(a, b) } finally { await a.stop(); await b.stop() }
}
async function relay(url, f) {
  const port = /:(\d+)(\/|$)/.exec(url)[1]
  const p = spawn('node', [path.join(here, 'proxy.mjs'), port], { stdio: ['pipe', 'pipe', 'inherit'] })
  const q = []; const rl = readline.createInterface({ input: p.stdout }); rl.on('line', l => q.shift()(JSON.parse(l)))
  const next = () => new Promise(r => q.push(r))
  const { port: mine } = await next()
  try { const r = await f(url.replace(':' + port, ':' + mine)); const n = next(); p.stdin.write('\n'); return [r, await n] } finally { p.stdin.end() }
}
const wait = async (role, n, secs = o.timeout) => { const end = Date.now() + secs * 1000; for (;;) { const c = (await role.cmd('count')).n; if (c >= n) return; if (Date.now() > end) throw new Error(`only ${c} of ${n} arrived`); await sleep(20) } }
const oneShot = (a, b, from, n, extra) => async peer => pair(peer, async (A, B) => {
  const src = from === 'A' ? A : B
  await src.cmd('fill', { file, n: o.docs })
  const { url } = await A.cmd('listen'); await sleep(300)
  const u0 = A.usage().cpu, v0 = B.usage().cpu
  const r = await B.cmd('sync', { url, pull: from === 'A', push: from === 'B' })
  const c = (await (from === 'A' ? B : A).cmd('count')).n
  if (c < o.docs) throw new Error(`${c} of ${o.docs} documents arrived`)
  const ua = A.usage(), ub = B.usage()
  const out = { rate: o.docs / r.ms * 1000, cpuA: (ua.cpu - u0), cpuB: (ub.cpu - v0), mbA: ua.mb, mbB: ub.mb }
  if (from === 'A' && jobs.includes('resync')) { const again = []; for (let i = 0; i < 3; i++) again.push((await B.cmd('sync', { url, pull: true, push: false })).ms); out.resync = median(again) }
  return out
})
const JOBS = {
  pull: oneShot('A', 'B', 'A'),
  push: oneShot('A', 'B', 'B'),
  idle: peer => latency(peer, 200, 50),
  rate: peer => latency(peer, o.rate * o.secs, 1000 / o.rate),
  blobs: peer => pair(peer, async (A, B) => {
    await A.cmd('fillBlobs', { n: o.blobs, size: o.blobSize }); const { url } = await A.cmd('listen'); await sleep(300)
    const r = await B.cmd('sync', { url, pull: true, push: false }); const c = (await B.cmd('count')).n
    if (c < o.blobs) throw new Error(`${c} of ${o.blobs} arrived`)
    return { mbs: o.blobs * o.blobSize / 1048576 / r.ms * 1000, mbA: A.usage().mb, mbB: B.usage().mb }
  }),
  wire: peer => pair(peer, async (A, B) => {
    await A.cmd('fill', { file, n: o.docs }); const { url } = await A.cmd('listen'); let out = {}
    await relay(url, async u => { await B.cmd('sync', { url: u, pull: true, push: false }) }).then(([, w]) => { out.up = w.up / o.docs; out.down = w.down / o.docs; out.conns = w.conns })
    return out
  }),
  local: peer => pair(peer, async (A, B) => {
    const f = await A.cmd('fill', { file, n: o.docs }), n = Math.min(5000, o.docs)
    const w = await A.cmd('localWrites', { file, n }), r = await A.cmd('localReads', { n }), all = await A.cmd('localAll')
    return { fill: o.docs / f.ms * 1000, single: n / w.ms * 1000, read: n / r.ms * 1000, all: all.n / all.ms * 1000 }
  }),
}
async function latency(peer, n, intervalMs) {
  return pair(peer, async (A, B) => {
    const { url } = await A.cmd('listen'); await B.cmd('live', { url }); await sleep(1500); await B.cmd('watch')
    await A.cmd('puts', { file, n: 40, intervalMs: 25, from: 0 }); await wait(B, 40, 60); await B.cmd('watch')   // warms both up
    const p = await A.cmd('puts', { file, n, intervalMs, from: 1000 }); const t0 = Date.now(); await wait(B, n + 40, 60); const drain = Date.now() - t0
    const l = (await B.cmd('lat')).lat.map(x => x / 1e6)
    return { p50: quantile(l, 0.5), p99: quantile(l, 0.99), n: l.length, drain }
  })
}
const results = {}
const order = jobs.filter(j => j !== 'resync')
for (const job of order) {
  const runs = job === 'blobs' ? o.blobRuns : job === 'wire' ? 1 : job === 'local' ? 3 : job === 'idle' || job === 'rate' ? Math.min(3, o.runs) : o.runs
  const got = {}
  for (let i = 0; i < runs; i++) for (const peer of i % 2 ? [...peers].reverse() : peers) {
    if (got[peer] && got[peer].failed) continue
    try { (got[peer] ||= []).push(await JOBS[job](peer)) } catch (e) { (got[peer] ||= []).failed = String(e.message).slice(0, 300) }
  }
  for (const peer of peers) {
    const g = got[peer], col = k => g.map(x => x[k]).filter(x => x !== undefined)
    if (g.failed) console.log(JSON.stringify({ peer, job, failed: g.failed }))
    if (!g.length) continue
    if (job === 'pull' || job === 'push') {
      emit(peer, job, 'docs/s', col('rate')); emit(peer, job + '.cpu.listener', 's', col('cpuA')); emit(peer, job + '.cpu.client', 's', col('cpuB'))
      emit(peer, job + '.rss.listener', 'MB', col('mbA')); emit(peer, job + '.rss.client', 'MB', col('mbB'))
      if (col('resync').length) emit(peer, 'resync', 'ms', col('resync'))
    } else if (job === 'idle' || job === 'rate') { emit(peer, `latency.${job}.p50`, 'ms', col('p50')); emit(peer, `latency.${job}.p99`, 'ms', col('p99'), { samples: col('n') }) }
    else if (job === 'blobs') { emit(peer, 'blobs', 'MB/s', col('mbs')); emit(peer, 'blobs.rss.listener', 'MB', col('mbA')); emit(peer, 'blobs.rss.client', 'MB', col('mbB')) }
    else if (job === 'wire') { emit(peer, 'wire.down', 'bytes/doc', col('down')); emit(peer, 'wire.up', 'bytes/doc', col('up')) }
    else if (job === 'local') { emit(peer, 'local.batch-insert', 'docs/s', col('fill')); emit(peer, 'local.single-save', 'docs/s', col('single')); emit(peer, 'local.read', 'docs/s', col('read')); emit(peer, 'local.all-docs', 'docs/s', col('all')) }
  }
}
process.exit(0)
