import { Socket } from 'node:net'

/**
 * A socket that sends together what is written in one turn of the event loop: forty statements that do not wait for each
 * other's answers cost one system call instead of forty. The driver corks the socket around each statement (connecting a
 * socket puts `write` back to its own, so that is no place to hook in); here the first cork of a turn holds until its end.
 */
export class GatheringSocket extends Socket {
  #isGathering = false

  override cork(): void {
    super.cork()
    this.gather()
  }

  /** Holds back what is written until the end of this turn. */
  gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    super.cork()
    process.nextTick(() => {
      this.#isGathering = false
      this.uncork()
    })
  }
}
