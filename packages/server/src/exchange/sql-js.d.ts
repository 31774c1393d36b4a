/** The part of sql.js that is used; the package carries no types of its own. */
declare module 'sql.js' {
  export interface Statement {
    step(): boolean
    get(): (string | number | Uint8Array | null)[]
    getColumnNames(): string[]
    free(): boolean
  }
  export interface Database {
    prepare(sql: string): Statement
    close(): void
  }
  export interface SqlJs {
    readonly Database: new (data?: Uint8Array) => Database
  }
  export default function initSqlJs(config?: { locateFile?: (name: string) => string }): Promise<SqlJs>
}
