import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Endpoint, endpoint } from '../endpoint/endpoint.ts'

/** What a monitor reads: times by route and status, memory, and where ledger and graph stand. */
export class Figures {
  readonly #registry = new Registry()
  readonly #seconds: Histogram<'method' | 'route' | 'status'>

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
    this.#seconds = new Histogram({
      name: 'lotline_http_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 1, 3, 10],
      registers: [this.#registry],
    })
  }

  /** Shows a number that changes by itself. */
  show(name: string, help: string, read: () => number): void {
    const collect = () => gauge.set(read())
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect })
  }

  watch(app: FastifyInstance): void {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      this.#seconds.observe(
        { method: request.method, route, status: String(reply.statusCode) },
        reply.elapsedTime / 1000,
      )
    })
  }

  endpoint(): Endpoint {
    return endpoint({
      method: 'GET',
      path: '/metrics',
      action: 'read',
      resource: 'operation',
      tag: 'Running it',
      summary: 'Figures in the Prometheus text format',
      handle: async () => ({
        mediaType: this.#registry.contentType,
        content: await this.#registry.metrics(),
      }),
    })
  }
}
