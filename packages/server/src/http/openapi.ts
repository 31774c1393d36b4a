import { Fault } from '@lotline/core/base/assert'
import { allRoutes } from './routes.ts'
import { buildServer } from './server.ts'

/** The API as OpenAPI 3.1, made from the schemas that check requests. Needs neither database nor network. */
export async function openApiDocument(): Promise<object> {
  const nobody = () => {
    throw new Fault('the description of the API asks nothing')
  }
  const endpoints = allRoutes(nobody, { folder: '', demo: undefined, sealing: nobody })
  const app = await buildServer({ endpoints, entry: { token: '' } })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
