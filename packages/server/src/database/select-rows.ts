import type { TableSpec } from '@lotline/core/base/view'
import { decodeRow, planOf, quoted } from './table-plan.ts'
import type { Reader } from './transaction.ts'

/**
 * Rows of a table as the program keeps them. `where` follows `where org_id = $1 and`, may order, and takes `values` from $2 on;
 * `name` tells PostgreSQL which statement this is, so `where` must be the same text whenever it is used.
 */
export async function selectRows<Row>(
  reader: Reader,
  spec: TableSpec<Row>,
  name: string,
  where: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const plan = planOf(spec)
  const columns = plan.columns.map((column) => quoted(column.name)).join(', ')
  const text = `select ${columns} from ${quoted(plan.name)} where org_id = $1 and ${where}`
  const rows = await reader.raw(name, text, [reader.org, ...values])
  return rows.map((raw) => decodeRow(plan, raw) as Row)
}
