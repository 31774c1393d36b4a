import { numberFromManyClients } from './numbers.ts'
import { story } from './story.ts'

story(
  '[A3 I1] Sixteen clients at once get ten thousand numbers: none twice, none refused',
  async (plant) => {
    await plant.define({ items: { BAR: { unit: 'kg' } }, suppliers: ['MILL'], places: ['STORE'] })
    await numberFromManyClients(plant, { clients: 16, each: 625 })
  },
  300_000,
)
