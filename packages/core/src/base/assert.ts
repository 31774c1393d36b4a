/** A fault: something only our own code can cause. It stops the request and is never shown as a refusal. */
export class Fault extends Error {
  override name = 'Fault'
}

/** States what must hold if the code is right. Throws `Fault` otherwise. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Fault(message)
}

/** Marks the place a closed union makes unreachable; a new member becomes a type error here. */
export function unreachable(value: never): never {
  throw new Fault(`unreachable value ${JSON.stringify(value)}`)
}
