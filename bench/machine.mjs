/** The machine, as the page states it. */
import os from 'node:os'

/** Load average per core above which the page says that the machine was not idle. */
const IDLE = 0.25

export function machine() {
  const [cpu] = os.cpus()
  const load = os.loadavg()[0]
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.arch()}`,
    node: `Node ${process.versions.node} (V8 ${process.versions.v8})`,
    load,
    idle: load < IDLE * os.cpus().length,
  }
}
