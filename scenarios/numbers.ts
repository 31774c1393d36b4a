import { expect } from 'vitest'
import type { StoryPlant } from './story.ts'

/** So many clients receive at the same time, one after the other each, and leave the lot to the numbering rule. */
export async function numberFromManyClients(
  plant: StoryPlant,
  of: { readonly clients: number; readonly each: number },
): Promise<void> {
  const codes: string[] = []
  const work = async () => {
    for (let count = 0; count < of.each; count++) {
      const accepted = await plant.do({
        ...{ verb: 'receive', item: 'BAR', quantity: { value: '1' }, place: 'STORE', supplier: 'MILL' },
      })
      codes.push(...(accepted.made['lots'] ?? []).map((lot) => lot.code))
    }
  }
  await Promise.all(Array.from({ length: of.clients }, work))
  expect(codes).toHaveLength(of.clients * of.each)
  expect(new Set(codes).size).toBe(codes.length)
}
