import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` shows. One per process: modules add their own counters to it with `registers: [metrics]`. */
export const metrics = new Registry();

/** Event-loop lag, memory, garbage collection, handles. Called once, by the process, not by tests. */
export const collectProcessMetrics = (): void => collectDefaultMetrics({ register: metrics, prefix: 'suiban_' });

const registers = [metrics];

/** `operation` is the id in the contract, or `static`, `system`, `sandbox`, `unmatched`: never a path, so labels stay few. */
export const httpSeconds = new Histogram({
  name: 'suiban_http_request_seconds',
  help: 'Time to answer a request',
  labelNames: ['operation', 'method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const outboundSeconds = new Histogram({
  name: 'suiban_outbound_request_seconds',
  help: 'Time of calls to other systems',
  labelNames: ['origin', 'outcome'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

export const circuitOpen = new Gauge({
  name: 'suiban_outbound_circuit_open',
  help: '1 while calls to an origin are held back',
  labelNames: ['origin'],
  registers,
});

/** Per recipient: `outcome` is accepted, refused or unknown. */
export const dispatchedTotal = new Counter({
  name: 'suiban_dispatch_recipients_total',
  help: 'Recipients sent to, by channel and outcome',
  labelNames: ['channel', 'outcome'],
  registers,
});

export const taskSeconds = new Histogram({
  name: 'suiban_task_seconds',
  help: 'Time to handle a task',
  labelNames: ['queue', 'outcome'],
  buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60, 300],
  registers,
});
