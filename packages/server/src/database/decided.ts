import { NotLoaded, type View } from '@lotline/core/base/view'
import { PostgresView } from './table-store.ts'
import type { Reader } from './transaction.ts'

/** Runs a pure rule on the tables as they stand, loading what it asks for until it asks for nothing more. */
export async function decided<Answer>(reader: Reader, rule: (view: View) => Answer): Promise<Answer> {
  const view = new PostgresView()
  for (;;) {
    try {
      return rule(view)
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault
      await view.load(reader)
    }
  }
}
