// SPDX-License-Identifier: Apache-2.0
// A counting TCP relay: node proxy.mjs <target port>. Prints its own port, and on each line read the counts so far.
import net from 'node:net'
import readline from 'node:readline'
const target = Number(process.argv[2]); let up = 0, down = 0, conns = 0
const s = net.createServer({ noDelay: true }, c => {
  conns++
  const d = net.connect({ port: target, host: '127.0.0.1', noDelay: true })
  c.on('data', b => { up += b.length }); d.on('data', b => { down += b.length })
  c.pipe(d); d.pipe(c); c.on('error', () => d.destroy()); d.on('error', () => c.destroy())
})
s.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: s.address().port })))
readline.createInterface({ input: process.stdin }).on('line', () => console.log(JSON.stringify({ up, down, conns }))).on('close', () => process.exit(0))
